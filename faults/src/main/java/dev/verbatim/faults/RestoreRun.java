package dev.verbatim.faults;

import dev.verbatim.embedded.EmbeddedBinaries;
import dev.verbatim.faults.site.SystemPostgres;
import dev.verbatim.faults.site.SystemSite;
import dev.verbatim.testkit.history.Fault;
import dev.verbatim.testkit.history.FinalConversation;
import dev.verbatim.testkit.history.History;
import dev.verbatim.testkit.history.HistoryRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** A dump is put in the place of newer data, in the same database, while the services run. */
final class RestoreRun extends SystemRun {
    private static final int TRIES = 20;
    private static final Duration STALE = Duration.ofSeconds(1);

    private final EmbeddedBinaries binaries;

    RestoreRun(EmbeddedBinaries binaries, Path target, long seed) throws IOException {
        super(target, "run-restore", seed);
        this.binaries = binaries;
    }

    @Override
    SystemSite start() {
        return new SystemSite(directory, binaries, false);
    }

    @Override
    SystemPostgres inEnd(SystemSite site) {
        return site.first();
    }

    @Override
    UnaryOperator<History> play(SystemSite site, HistoryRecorder recorder) throws SQLException {
        Path dump = directory.resolve("dump");
        long dumped = System.nanoTime();
        List<FinalConversation> kept = dump(site.first(), dump);
        Pause.of(WHILE);
        long from = System.nanoTime();
        restore(site.first(), dump);
        long restored = System.nanoTime();
        site.awaitReady();
        long well = System.nanoTime();
        fault(recorder, new Fault("restore", from, well));
        Rollback rollback = new Rollback(kept, dumped, restored + STALE.toNanos(), well);
        return history -> {
            History judged = rollback.of(history);
            System.out.println("restored in " + (restored - from) / 1_000_000 + " ms: " + rollback);
            return judged;
        };
    }

    /** Returns what is in the dump. */
    private static List<FinalConversation> dump(SystemPostgres postgres, Path file) throws SQLException {
        try (Connection connection = postgres.connect();
                Statement statement = connection.createStatement()) {
            connection.setAutoCommit(false);
            connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
            try (ResultSet row = statement.executeQuery("SELECT pg_export_snapshot()")) {
                row.next();
                postgres.dump(file, row.getString(1));
            }
            return FinalLog.read(connection);
        }
    }

    /** The services are in its way, so that one of them has to give in. */
    private static void restore(SystemPostgres postgres, Path dump) {
        for (int i = 0; i < TRIES; i++) {
            if (postgres.restore(dump)) {
                return;
            }
        }
        throw new IllegalStateException("the dump cannot be restored");
    }
}
