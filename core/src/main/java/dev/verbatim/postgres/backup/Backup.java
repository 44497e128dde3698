package dev.verbatim.postgres.backup;

import dev.verbatim.postgres.Migrations;
import dev.verbatim.postgres.Upkeep;
import java.io.BufferedOutputStream;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyOut;

/**
 * Copies all that is kept in a database into a file, as it is at one moment, while services go on. A row at a time is held in
 * memory.
 */
public final class Backup {
    private final Upkeep upkeep;

    /** @throws dev.verbatim.InvalidInputException when {@code databaseUrl} is none */
    public Backup(String databaseUrl) {
        upkeep = new Upkeep(databaseUrl);
    }

    /**
     * Writes the file, which is there when it is whole, and not before; only its owner may read it.
     *
     * @param file must not be there yet
     * @throws RefusedException when the database has no tables of ours, or cannot be read
     * @throws IOException when the file cannot be written
     */
    public Summary write(Path file) throws IOException {
        Path target = file.toAbsolutePath();
        if (Files.exists(target)) {
            throw new RefusedException(file + " is there already; choose another name");
        }
        Path part = Files.createTempFile(
                target.getParent(),
                target.getFileName() + ".",
                ".part",
                PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")));
        try {
            Summary summary = writePart(part);
            Files.move(part, target);
            return summary;
        } catch (SQLException e) {
            throw upkeep.explain(e);
        } finally {
            Files.deleteIfExists(part);
        }
    }

    private Summary writePart(Path part) throws IOException, SQLException {
        try (FileOutputStream file = new FileOutputStream(part.toFile());
                OutputStream buffered = new BufferedOutputStream(file);
                Connection connection = upkeep.connect()) {
            List<Migrations.Migration> migrations = upkeep.migrations().all();
            connection.setAutoCommit(false);
            Dialect.begin(connection, "ISOLATION LEVEL REPEATABLE READ, READ ONLY");
            Summary summary = copyAll(connection, new Catalog(), head(connection, migrations), buffered);
            connection.rollback();
            file.getFD().sync();
            return summary;
        }
    }

    private static Head head(Connection connection, List<Migrations.Migration> migrations) throws SQLException {
        String schema = migrations.stream()
                .filter(migration ->
                        migration.state() == Migrations.State.DONE || migration.state() == Migrations.State.UNKNOWN)
                .map(Migrations.Migration::version)
                .reduce((older, newer) -> newer)
                .orElseThrow(() -> new RefusedException("the database has no tables of Verbatim; name another one"));
        if (migrations.stream().anyMatch(migration -> migration.state() == Migrations.State.UNKNOWN)) {
            throw new RefusedException("the tables are of version " + schema
                    + ", which this Verbatim does not know; use the newer one that made them");
        }
        return new Head(
                schema,
                Instant.now().truncatedTo(ChronoUnit.SECONDS),
                connection.getMetaData().getDatabaseProductVersion());
    }

    private static Summary copyAll(Connection connection, Catalog catalog, Head head, OutputStream out)
            throws IOException, SQLException {
        List<Table> tables = catalog.tables(connection);
        long rows = 0;
        try (BackupWriter writer = new BackupWriter(out, head)) {
            for (Table table : tables) {
                rows += copy(connection, table, writer);
            }
            // Behind the rows: a sequence is not part of the snapshot, and must be ahead of all that is in it.
            for (String sequence : catalog.sequences(connection)) {
                copySequence(connection, sequence, writer);
            }
            writer.finish();
        }
        return new Summary(head, tables.size(), rows);
    }

    private static long copy(Connection connection, Table table, BackupWriter writer) throws IOException, SQLException {
        writer.table(table);
        CopyOut copy = connection
                .unwrap(PGConnection.class)
                .getCopyAPI()
                .copyOut("COPY (SELECT " + table.columnList() + " FROM " + table.quoted() + ") TO STDOUT");
        for (byte[] row = copy.readFromCopy(); row != null; row = copy.readFromCopy()) {
            writer.row(row);
        }
        return writer.endTable();
    }

    private static void copySequence(Connection connection, String name, BackupWriter writer)
            throws IOException, SQLException {
        try (PreparedStatement select =
                        connection.prepareStatement("SELECT last_value, is_called FROM " + Table.quote(name));
                ResultSet row = select.executeQuery()) {
            row.next();
            writer.sequence(name, row.getLong(1), row.getBoolean(2));
        }
    }
}
