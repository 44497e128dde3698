package dev.verbatim.postgres.backup;

import java.io.EOFException;
import java.io.IOException;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.zip.ZipException;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;

/** Brings the records of a backup into empty tables, within the transaction of its connection. For one thread. */
final class Loader {
    /** Never back: a number that was given out here since the backup must not be given out again. */
    private static final String ADVANCE = "SELECT setval(?::regclass, greatest(last_value, ?),"
            + " CASE WHEN last_value > ? THEN is_called WHEN last_value < ? THEN ? ELSE is_called OR ? END) FROM ";

    private final Connection connection;
    private final List<Table> tables;
    private final Set<String> sequences;
    private final Months months;

    Loader(Connection connection, List<Table> tables, Set<String> sequences) {
        this.connection = connection;
        this.tables = List.copyOf(tables);
        this.sequences = Set.copyOf(sequences);
        this.months = new Months(connection);
    }

    /** Returns how many rows that were. */
    long load(BackupReader backup) throws IOException, SQLException {
        try {
            return loadAll(backup);
        } catch (EOFException | ZipException e) {
            throw BackupFile.damaged();
        }
    }

    private long loadAll(BackupReader backup) throws IOException, SQLException {
        long rows = 0;
        Set<String> seen = new HashSet<>();
        for (byte kind = backup.kind(); kind != BackupFile.END; kind = backup.kind()) {
            if (kind == BackupFile.TABLE) {
                Table table = known(backup.table(), seen);
                rows += load(table, backup);
            } else if (kind == BackupFile.SEQUENCE) {
                advance(backup.sequence(), backup.sequenceValue(), backup.sequenceCalled());
            } else {
                throw BackupFile.damaged();
            }
        }
        if (seen.size() < tables.size()) {
            throw strange();
        }
        return rows;
    }

    /** Names go into SQL only when this database has them. */
    private Table known(Table table, Set<String> seen) {
        return tables.stream()
                .filter(there -> there.name().equals(table.name())
                        && Set.copyOf(there.columns()).equals(Set.copyOf(table.columns())))
                .filter(there -> seen.add(there.name()))
                .findFirst()
                .map(there -> table)
                .orElseThrow(Loader::strange);
    }

    private static RefusedException strange() {
        return new RefusedException("the backup's tables are not those of its version, so nothing was changed;"
                + " somebody changed the tables of the database that it was made of, or of this one");
    }

    /** What triggers would add is in the backup already. */
    private long load(Table table, BackupReader backup) throws IOException, SQLException {
        execute("ALTER TABLE " + table.quoted() + " DISABLE TRIGGER USER");
        long rows = 0;
        // A statement a part: the checks of its references wait in the server's memory until the statement's end.
        for (byte[] part = backup.part(); part.length > 0; part = backup.part()) {
            rows += copy(table, part);
        }
        execute("ALTER TABLE " + table.quoted() + " ENABLE TRIGGER USER");
        if (rows != backup.rows()) {
            throw BackupFile.damaged();
        }
        return rows;
    }

    private long copy(Table table, byte[] part) throws SQLException {
        months.make(table, part);
        CopyIn copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyIn("COPY " + table.quoted() + " (" + table.columnList() + ") FROM STDIN");
        copy.writeToCopy(part, 0, part.length);
        return copy.endCopy();
    }

    private void advance(String name, long value, boolean called) throws SQLException {
        if (!sequences.contains(name)) {
            throw strange();
        }
        try (PreparedStatement set = connection.prepareStatement(ADVANCE + Table.quote(name))) {
            set.setString(1, Table.quote(name));
            set.setLong(2, value);
            set.setLong(3, value);
            set.setLong(4, value);
            set.setBoolean(5, called);
            set.setBoolean(6, called);
            set.execute();
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
