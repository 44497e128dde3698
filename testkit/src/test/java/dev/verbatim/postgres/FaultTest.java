package dev.verbatim.postgres;

import static dev.verbatim.postgres.TestLog.ALICE;
import static dev.verbatim.postgres.TestLog.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.Appended;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryException;
import dev.verbatim.Message;
import dev.verbatim.OutcomeUnknownException;
import dev.verbatim.UnavailableException;
import dev.verbatim.testkit.RealServers;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

/** Connections break at the worst moments. */
class FaultTest {
    private static final Duration TIMEOUT = Duration.ofSeconds(2);
    private static final Duration LOCK = Duration.ofSeconds(1);

    @Test
    void killedConnectionsLoseNothingAcknowledgedAndDoubleNothing() throws Exception {
        try (TestLog test = TestLog.open()) {
            AtomicBoolean done = new AtomicBoolean();
            Thread killer = Thread.startVirtualThread(() -> kill(test, done));
            int callers = 16;
            int each = 60;
            List<Future<List<Message>>> results = Parallel.run(callers, caller -> () -> {
                List<Message> acknowledged = new ArrayList<>();
                for (int i = 0; i < each; i++) {
                    acknowledged.addAll(persistently(test, "c" + caller % 5, caller + "-" + i));
                }
                return acknowledged;
            });
            done.set(true);
            killer.join();

            List<Message> acknowledged =
                    Parallel.values(results).stream().flatMap(List::stream).toList();
            List<Message> stored = new ArrayList<>();
            for (int c = 0; c < 5; c++) {
                stored.addAll(test.all("c" + c));
            }
            assertThat(stored).hasSize(callers * each).containsExactlyInAnyOrderElementsOf(acknowledged);
        }
    }

    /** Sends the same message until it is acknowledged; only the promised exceptions may come between. */
    private static List<Message> persistently(TestLog test, String conversation, String id) {
        while (true) {
            try {
                return test.append(conversation, user("text " + id).withId(id)).messages();
            } catch (UnavailableException | OutcomeUnknownException e) {
                assertThat(e.getMessage()).isNotBlank();
            }
        }
    }

    private static void kill(TestLog test, AtomicBoolean done) {
        while (!done.get()) {
            try {
                test.sql("SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE datname = current_database()"
                        + " AND application_name = 'verbatim' AND random() < 0.5");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            LockSupport.parkNanos(Duration.ofMillis(30).toNanos());
        }
    }

    @Test
    void aCommitWhoseAnswerIsLostIsFoundOut() throws Exception {
        String direct = RealServers.newDatabase();
        try (CommitCutter cutter = new CommitCutter(direct);
                TestLog test = TestLog.through(cutter.url(), direct, TIMEOUT, LOCK)) {
            test.append("cut", user("first"));
            cutter.cutNext(CommitCutter.Cut.AFTER_COMMIT);
            Appended appended = test.append("cut", user("second"));

            assertThat(cutter.cuts()).isEqualTo(1);
            assertThat(appended.lastSeq()).isEqualTo(2);
            assertThat(test.all("cut"))
                    .hasSize(2)
                    .last()
                    .isEqualTo(appended.messages().getFirst());
        }
    }

    @Test
    void aCommitThatNeverArrivedIsDoneAgain() throws Exception {
        String direct = RealServers.newDatabase();
        try (CommitCutter cutter = new CommitCutter(direct);
                TestLog test = TestLog.through(cutter.url(), direct, TIMEOUT, LOCK)) {
            test.append("lost", user("first"));
            cutter.cutNext(CommitCutter.Cut.BEFORE_COMMIT);
            Appended appended = test.append("lost", user("second"));

            assertThat(cutter.cuts()).isEqualTo(1);
            assertThat(appended.lastSeq()).isEqualTo(2);
            assertThat(test.all("lost")).hasSize(2);
        }
    }

    @Test
    void aDeletionWhoseAnswerIsLostIsFoundOut() throws Exception {
        String direct = RealServers.newDatabase();
        try (CommitCutter cutter = new CommitCutter(direct);
                TestLog test = TestLog.through(cutter.url(), direct, TIMEOUT, LOCK)) {
            test.append("deleted", user("first"));
            cutter.cutNext(CommitCutter.Cut.AFTER_COMMIT);

            assertThat(test.log().delete(ConversationKey.of(ALICE, "deleted"), OptionalLong.empty()))
                    .isPresent();
            assertThat(cutter.cuts()).isEqualTo(1);
            assertThat(test.log().get(ConversationKey.of(ALICE, "deleted")).answer())
                    .isEmpty();
        }
    }

    @Test
    void whatCannotBeFoundOutIsSaidToBeUnknownAndARetryStoresItOnce() throws Exception {
        String direct = RealServers.newDatabase();
        try (CommitCutter cutter = new CommitCutter(direct);
                TestLog test = TestLog.through(cutter.url(), direct, TIMEOUT, LOCK)) {
            test.append("unknown", user("first"));
            cutter.cutNext(CommitCutter.Cut.AFTER_COMMIT_FOR_GOOD);
            assertThatThrownBy(() -> test.append("unknown", user("second").withId("m")))
                    .isInstanceOf(OutcomeUnknownException.class)
                    .hasMessageContaining("same ids");
            assertThatThrownBy(() -> test.append("unknown", user("third"))).isInstanceOf(UnavailableException.class);
            assertThatThrownBy(() -> test.log().get(ConversationKey.of(ALICE, "unknown")))
                    .isInstanceOf(UnavailableException.class);
            assertThat(test.log().reachable()).isFalse();

            cutter.heal();
            assertThat(retried(test).lastSeq()).isEqualTo(2);
            assertThat(test.all("unknown")).hasSize(2);
            assertThat(test.log().reachable()).isTrue();
        }
    }

    private static Appended retried(TestLog test) {
        while (true) {
            try {
                return test.append("unknown", user("second").withId("m"));
            } catch (HistoryException e) {
                assertThat(e).isInstanceOf(UnavailableException.class);
            }
        }
    }
}
