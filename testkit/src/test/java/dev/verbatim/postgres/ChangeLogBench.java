package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.HistoryConfig;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Arrays;
import java.util.Locale;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Prints how long looks at the change log and the trimming of it take, beside many rows and old transactions of others.
 * Run by {@code make change-log}.
 */
@Tag("slow")
class ChangeLogBench {
    private static final int ROWS = 500_000;
    private static final int ROWS_A_TRANSACTION = 100;
    private static final int LOOKS = 1_000;
    private static final String CHANGE =
            "INSERT INTO change_log (user_id, id, gen, seq, kind, at) SELECT gen_random_uuid(),"
                    + " gen_random_uuid(), 1, 1, 'conversation', now() - interval '11 minutes' FROM generate_series(1, %d)";

    private final TestLog test = TestLog.open();
    private final ChangeLog log = new ChangeLog(HistoryConfig.of(test.url(), "redis://unused"));

    @AfterEach
    void close() {
        log.close();
        test.close();
    }

    @Test
    void looksAndTrimmingBesideMuchThatIsOld() throws Exception {
        try (Connection writing = test.connect();
                Statement writer = writing.createStatement();
                Connection foreign = transaction("SELECT pg_current_xact_id()");
                Connection reading = transaction("SELECT 1")) {
            looks("empty log", writer);
            for (int i = 0; i < ROWS / ROWS_A_TRANSACTION; i++) {
                writer.execute(CHANGE.formatted(ROWS_A_TRANSACTION));
            }
            log.drain(log.poll(null).epoch(), true, changes -> true);
            looks("500,000 rows, two old transactions", writer);
            trims("nothing may be trimmed yet");
            foreign.rollback();
            log.drain(log.poll(null).epoch(), true, changes -> true);
            trims("trimming, an old snapshot sees all");
            looks("500,000 dead rows, an old snapshot", writer);
            trims("nothing is left to be trimmed");
            reading.rollback();
            assertThat(test.number("SELECT count(*) FROM change_log WHERE xid < pg_snapshot_xmin((SELECT position FROM"
                            + " change_log_drained))"))
                    .isZero();
        }
    }

    /** One that has begun, with a snapshot, and stays open. */
    private Connection transaction(String first) throws SQLException {
        Connection connection = test.connect();
        connection.setAutoCommit(false);
        connection.setTransactionIsolation(Connection.TRANSACTION_REPEATABLE_READ);
        try (Statement statement = connection.createStatement()) {
            statement.execute(first);
        }
        return connection;
    }

    private void looks(String when, Statement writer) throws SQLException {
        long[] nanos = new long[LOOKS];
        log.drain(log.poll(null).epoch(), true, changes -> true);
        Snapshot seen = log.poll(null).seen();
        for (int i = 0; i < LOOKS; i++) {
            writer.execute(CHANGE.formatted(1));
            long began = System.nanoTime();
            Poll poll = log.poll(seen);
            nanos[i] = System.nanoTime() - began;
            assertThat(poll.changes()).hasSize(1);
            seen = poll.seen();
        }
        print("a look: " + when, nanos);
    }

    private void trims(String when) {
        long[] nanos = new long[LOOKS];
        int done = 0;
        boolean more = true;
        while (more) {
            long began = System.nanoTime();
            more = log.trim();
            nanos[done++] = System.nanoTime() - began;
        }
        print("a trim: " + when, Arrays.copyOf(nanos, done));
    }

    private static void print(String what, long[] nanos) {
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-50s %5d times, ms: p50 %.2f, p99 %.2f, max %.2f%n",
                what,
                nanos.length,
                nanos[nanos.length / 2] / 1e6,
                nanos[nanos.length * 99 / 100] / 1e6,
                nanos[nanos.length - 1] / 1e6);
    }
}
