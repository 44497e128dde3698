package dev.verbatim.postgres.backup;

import dev.verbatim.postgres.Migrations;
import dev.verbatim.postgres.Upkeep;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Collectors;

/**
 * Puts a backup into a database that holds nothing yet, or in the place of what it holds. Nothing is changed before the file
 * was found whole, and the rows come in one transaction; at its commit every cache entry becomes void.
 */
public final class Restore {
    /** Connections here are called as those of services are; a service always has some. */
    private static final String SERVICES = "SELECT count(*) FROM pg_stat_activity WHERE datname = current_database()"
            + " AND application_name = current_setting('application_name') AND pid <> pg_backend_pid()";

    /** A connection that was closed is to be seen for a moment longer. */
    private static final Duration FADING = Duration.ofSeconds(5);

    private static final long LOOK_AGAIN_NANOS = Duration.ofMillis(50).toNanos();

    private final Upkeep upkeep;

    /** @throws dev.verbatim.InvalidInputException when {@code databaseUrl} is none */
    public Restore(String databaseUrl) {
        upkeep = new Upkeep(databaseUrl);
    }

    /**
     * Restores.
     *
     * @param replace whether what the database holds is removed; else it must hold nothing
     * @throws RefusedException when the file is no whole backup that this program knows, the database holds something, its
     *     tables are newer than the backup's, or a service runs on it; then nothing was changed
     * @throws IOException when the file cannot be read
     */
    public Summary read(Path file, boolean replace) throws IOException {
        try (BackupReader backup = BackupReader.open(file)) {
            Summary summary = restore(backup, replace);
            upkeep.migrations().migrate();
            return summary;
        } catch (SQLException e) {
            throw upkeep.explain(e);
        }
    }

    private Summary restore(BackupReader backup, boolean replace) throws IOException, SQLException {
        String schema = backup.head().schema();
        List<Migrations.Migration> migrations = upkeep.migrations().all();
        checkKnown(schema, migrations);
        try (Connection connection = upkeep.connectChecked()) {
            refuseServices(connection);
            checkTables(schema, migrations);
            boolean held = isHeld(connection, migrations);
            if (held && !replace) {
                throw new RefusedException(
                        "the database is not empty, so nothing was changed; name an empty one, or say"
                                + " --replace to remove all that it holds");
            }
            upkeep.migrations().migrateTo(schema);
            return fill(connection, new Catalog(), backup);
        }
    }

    private static void checkKnown(String schema, List<Migrations.Migration> migrations) {
        if (migrations.stream()
                .noneMatch(known -> known.version().equals(schema) && known.state() != Migrations.State.UNKNOWN)) {
            throw new RefusedException("the backup has tables of version " + schema
                    + ", which this Verbatim does not know; use the newer one that made it");
        }
    }

    /** Tables go forward only, so those of the database must not be ahead of the backup's. */
    private static void checkTables(String schema, List<Migrations.Migration> migrations) {
        for (Migrations.Migration migration : migrations) {
            if (migration.state() != Migrations.State.PENDING && Migrations.isNewer(migration.version(), schema)) {
                throw new RefusedException(
                        "the backup has tables of version " + schema + " and those of the database are"
                                + " newer, so nothing was changed; restore into a new database, they are brought up to date there");
            }
        }
    }

    /** All that is kept belongs to a user. */
    private static boolean isHeld(Connection connection, List<Migrations.Migration> migrations) throws SQLException {
        return migrations.stream().anyMatch(migration -> migration.state() == Migrations.State.DONE)
                && number(connection, "SELECT count(*) FROM (SELECT FROM users LIMIT 1) AS one") > 0;
    }

    private static void refuseServices(Connection connection) throws SQLException {
        long begun = System.nanoTime();
        long sessions = number(connection, SERVICES);
        while (sessions > 0 && System.nanoTime() - begun < FADING.toNanos()) {
            LockSupport.parkNanos(LOOK_AGAIN_NANOS);
            sessions = number(connection, SERVICES);
        }
        if (sessions > 0) {
            throw new RefusedException("a service runs on this database (" + sessions
                    + " of its connections are open), so nothing was changed; stop it and try again");
        }
    }

    private static Summary fill(Connection connection, Catalog catalog, BackupReader backup)
            throws IOException, SQLException {
        connection.setAutoCommit(false);
        Dialect.begin(connection, "ISOLATION LEVEL READ COMMITTED, READ WRITE");
        List<Table> tables = catalog.tables(connection);
        execute(connection, "SET LOCAL lock_timeout = '10s'");
        execute(connection, "TRUNCATE " + names(catalog.emptied(connection)));
        // One that came while the tables were free waits for them now.
        refuseServices(connection);
        Loader loader = new Loader(connection, tables, catalog.sequences(connection));
        long rows = loader.load(backup);
        Upkeep.beginCacheAnew(connection);
        connection.commit();
        connection.setAutoCommit(true);
        execute(connection, "ANALYZE " + names(tables));
        return new Summary(backup.head(), tables.size(), rows);
    }

    private static String names(List<Table> tables) {
        return tables.stream().map(Table::quoted).collect(Collectors.joining(", "));
    }

    private static long number(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            row.next();
            return row.getLong(1);
        }
    }

    private static void execute(Connection connection, String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }
}
