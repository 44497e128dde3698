package dev.verbatim.postgres;

import static dev.verbatim.postgres.TestLog.ALICE;
import static dev.verbatim.postgres.TestLog.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Change;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryConfig;
import java.sql.Connection;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ChangeLogTest {
    private final TestLog test = TestLog.open();
    private final ChangeLog log = new ChangeLog(HistoryConfig.of(test.url(), "redis://unused"));

    @AfterEach
    void close() {
        log.close();
        test.close();
    }

    private static ConversationKey key(String conversation) {
        return ConversationKey.of(ALICE, conversation);
    }

    private static List<ConversationKey> keys(List<Change> changes) {
        return changes.stream().map(Change::key).toList();
    }

    @Test
    void eachChangeIsSeenOnce() {
        test.append("a", user("1"));
        Poll first = log.poll(null);
        assertThat(keys(first.changes())).containsOnly(key("a"));
        test.append("b", user("1"), user("2"));
        Poll second = log.poll(first.seen());
        assertThat(second.changes()).anySatisfy(change -> {
            assertThat(change.key()).isEqualTo(key("b"));
            assertThat(change.seq()).isEqualTo(2);
        });
        assertThat(keys(second.changes())).containsOnly(key("b"));
        assertThat(log.poll(second.seen()).changes()).isEmpty();
    }

    @Test
    void whatCommitsLateIsSeenThoughLaterOnesWereSeenBefore() throws Exception {
        test.append("late", user("1"));
        try (Connection other = test.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.executeUpdate("INSERT INTO change_log (user_id, id, gen, seq, kind) SELECT user_id, id, gen, 2,"
                    + " 'conversation' FROM conversations");
            test.append("early", user("1"));
            Poll before = log.poll(null);
            assertThat(keys(before.changes())).contains(key("early"));
            other.commit();
            Poll after = log.poll(before.seen());
            assertThat(after.changes()).singleElement().satisfies(change -> {
                assertThat(change.key()).isEqualTo(key("late"));
                assertThat(change.seq()).isEqualTo(2);
            });
            assertThat(log.poll(after.seen()).changes()).isEmpty();
        }
    }

    @Test
    void manyRowsAndALongTransactionMakeNoLookReadThemAll() throws Exception {
        test.append("a", user("1"));
        try (Connection other = test.connect();
                Statement statement = other.createStatement()) {
            other.setAutoCommit(false);
            statement.execute("SELECT pg_current_xact_id()");
            test.sql("INSERT INTO change_log (user_id, id, gen, seq, kind) SELECT gen_random_uuid(), gen_random_uuid(),"
                    + " 1, 1, 'conversation' FROM generate_series(1, 50000)");
            Poll first = log.poll(null);
            assertThat(first.overflow()).isFalse();
            assertThat(log.poll(first.seen()).changes()).isEmpty();
            String plan = ChangeStatements.POLL
                    .replaceFirst("[?]", "'" + first.seen().xmax() + "'")
                    .replaceFirst("[?]", "'" + first.seen().runningArray() + "'");
            assertThat(String.join("\n", test.column("EXPLAIN " + plan)))
                    .contains("Index Scan using change_log_xid")
                    .doesNotContain("Seq Scan on change_log ")
                    .doesNotContain("Parallel");
        }
    }

    @Test
    void oneServerAtATimeDrainsAndTheNextGoesOnWhereItStopped() {
        test.append("a", user("1"));
        List<Change> brought = new ArrayList<>();
        try (ChangeLog other = new ChangeLog(HistoryConfig.of(test.url(), "redis://unused"))) {
            assertThat(log.drain(epoch(), false, changes -> {
                        assertThat(other.drain(epoch(), true, none -> true)).isFalse();
                        return brought.addAll(changes);
                    }))
                    .isTrue();
            assertThat(keys(brought)).containsOnly(key("a"));
            assertThat(other.drain(epoch(), false, none -> true)).isFalse();
            assertThat(other.poll(null).changes()).isEmpty();
        }
    }

    @Test
    void whatRedisDidNotConfirmIsBroughtAgain() {
        test.append("a", user("1"));
        assertThat(log.drain(epoch(), false, changes -> false)).isFalse();
        List<Change> brought = new ArrayList<>();
        assertThat(log.drain(epoch(), false, brought::addAll)).isTrue();
        assertThat(keys(brought)).containsOnly(key("a"));
    }

    @Test
    void tooManyChangesReplaceTheEpochInsteadOfBeingBrought() throws Exception {
        long epoch = log.poll(null).epoch();
        test.sql(
                "INSERT INTO change_log (user_id, id, gen, seq, kind) SELECT gen_random_uuid(), gen_random_uuid(), 1, 1,"
                        + " 'conversation' FROM generate_series(1, 100001)");
        assertThat(log.poll(null).overflow()).isTrue();
        assertThat(log.drain(epoch(), false, changes -> {
                    throw new AssertionError("brought");
                }))
                .isTrue();
        Poll after = log.poll(null);
        assertThat(after.epoch()).isNotEqualTo(epoch);
        assertThat(after.changes()).isEmpty();
    }

    @Test
    void oldRowsAreTrimmedOnceRedisKnowsThem() throws Exception {
        test.append("a", user("1"));
        test.sql("UPDATE change_log SET at = now() - interval '11 minutes'");
        test.append("b", user("1"));
        assertThat(log.trim()).isFalse();
        assertThat(rows()).isEqualTo(2);
        log.drain(epoch(), false, changes -> true);
        log.trim();
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void noRowIsForgottenWhenItIsYoungerThanItsNeighbours() throws Exception {
        for (String conversation : List.of("a", "b", "c")) {
            test.append(conversation, user("1"));
        }
        log.drain(epoch(), true, changes -> true);
        test.sql("UPDATE change_log SET at = now() - interval '11 minutes' WHERE id <> '" + key("b").id() + "'");
        log.trim();
        assertThat(test.column("SELECT DISTINCT id FROM change_log"))
                .containsExactly(key("b").id().toString());
        test.append("d", user("1"));
        test.sql("UPDATE change_log SET at = now() - interval '11 minutes'");
        log.drain(epoch(), true, changes -> true);
        log.trim();
        assertThat(rows()).isZero();
    }

    private long rows() throws Exception {
        return test.number("SELECT count(*) FROM change_log");
    }

    @Test
    void anotherDatabaseIsAnotherEpochOnce() throws Exception {
        String database = log.poll(null).database();
        long founded = log.found(database);
        assertThat(log.found(database)).isEqualTo(founded);
        assertThat(log.poll(null).isOfEpoch()).isTrue();
        test.append("a", user("1"));
        // As after a restore into another cluster: its transaction numbers mean nothing here.
        test.sql("UPDATE cache_epoch SET database = '1/00000001', written = pg_current_xact_id()");
        assertThat(log.poll(null).isOfEpoch()).isFalse();
        assertThat(log.found(database)).isNotEqualTo(founded);
        assertThat(rows()).isZero();
    }

    @Test
    void anEpochOutOfADumpIsAnotherEpochOnceAndTheRowsStay() throws Exception {
        String database = log.poll(null).database();
        long founded = log.found(database);
        test.append("a", user("1"));
        test.sql("UPDATE cache_epoch SET epoch = epoch");
        assertThat(log.poll(null).isOfEpoch()).isFalse();
        long anew = log.found(database);
        assertThat(anew).isNotEqualTo(founded);
        assertThat(log.found(database)).isEqualTo(anew);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void anotherTimelineKeepsTheRowsAndIsAnotherEpoch() throws Exception {
        String database = log.poll(null).database();
        long founded = log.found(database);
        test.append("a", user("1"));
        test.sql("UPDATE cache_epoch SET database = replace(database, '/', '/F'), written = pg_current_xact_id()");
        assertThat(log.found(database)).isNotEqualTo(founded);
        assertThat(rows()).isEqualTo(1);
    }

    @Test
    void nothingIsBroughtByWhoeverHasNotHeardOfTheNewestEpoch() {
        test.append("a", user("1"));
        long before = epoch();
        log.raise();
        assertThat(log.drain(before, true, changes -> true)).isFalse();
        assertThat(log.drain(epoch(), true, changes -> true)).isTrue();
    }

    @Test
    void anotherRedisProcessIsAnotherEpochOnce() {
        Map<String, String> first = Map.of("x", "1", "y", "1");
        Map<String, String> second = Map.of("x", "1", "z", "1");
        long before = registered(first, Map.of());
        assertThat(registered(first, Map.of())).isEqualTo(before);
        long after = registered(second, first);
        assertThat(after).isNotEqualTo(before);
        assertThat(registered(second, first)).isEqualTo(after);
        assertThat(epoch()).isEqualTo(after);
    }

    @Test
    void whoStillSeesTheFormerRedisDoesNotUndoWhatAnotherServerFound() {
        Map<String, String> former = Map.of("x", "1");
        Map<String, String> found = Map.of("y", "1");
        registered(former, Map.of());
        long after = registered(found, former);
        assertThat(log.register(former, former)).isEmpty();
        assertThat(epoch()).isEqualTo(after);
        assertThat(registered(former, Map.of())).isNotEqualTo(after);
    }

    private long registered(Map<String, String> processes, Map<String, String> known) {
        return log.register(processes, known).orElseThrow();
    }

    private long epoch() {
        return log.poll(null).epoch();
    }
}
