package dev.verbatim.postgres;

import static dev.verbatim.postgres.TestLog.ALICE;
import static dev.verbatim.postgres.TestLog.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Appended;
import dev.verbatim.ConversationGoneException;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryConfig;
import dev.verbatim.HistoryException;
import dev.verbatim.Message;
import dev.verbatim.OutcomeUnknownException;
import dev.verbatim.UnavailableException;
import dev.verbatim.testkit.RealServers;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A conversation that somebody else holds stalls nobody but itself. */
class LockTest {
    private static final Duration LONG = Duration.ofSeconds(60);

    private static TestLog test;
    private static TestLog impatient;

    @BeforeAll
    static void open() {
        String url = RealServers.newDatabase();
        test = TestLog.open(url, LONG, LONG);
        impatient = TestLog.open(url, LONG, Duration.ofMillis(500));
    }

    @AfterAll
    static void close() {
        impatient.close();
        test.close();
    }

    @Test
    void othersGoOnAndTheHeldOneIsToldAndWorksNextTime() throws Exception {
        impatient.append("held", user("a"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Appended> waiting;
            try (Held held = new Held(test, ConversationKey.of(ALICE, "held"))) {
                waiting =
                        threads.submit(() -> impatient.append("held", user("b").withId("b")));
                for (int i = 0; i < 20; i++) {
                    impatient.append("free" + i, user("x"));
                }
                Parallel.await(waiting::isDone);
                assertThat(held).isNotNull();
            }
            assertThat(Parallel.errors(List.of(waiting)))
                    .singleElement()
                    .isInstanceOf(UnavailableException.class)
                    .extracting(HistoryException::getMessage)
                    .asString()
                    .contains("held by another transaction");
        }
        assertThat(impatient.append("held", user("b").withId("b")).lastSeq()).isEqualTo(2);
    }

    @Test
    void thoseWhoWaitForALockKeepTheirOrder() throws Exception {
        test.append("queue", user("first"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Appended>> waiting;
            try (Held held = new Held(test, ConversationKey.of(ALICE, "queue"))) {
                waiting = IntStream.range(0, 5)
                        .mapToObj(i -> {
                            Future<Appended> one = threads.submit(() -> test.append("queue", user("m" + i)));
                            Parallel.await(() -> test.committer().waiting() == i + 1);
                            // Now and then a batch ends between two of them.
                            if (i % 2 == 0) {
                                test.append("pace", user("x"));
                            }
                            return one;
                        })
                        .toList();
                assertThat(held).isNotNull();
            }
            for (Future<Appended> one : waiting) {
                one.get();
            }
        }
        List<Message> all = test.all("queue");
        assertThat(all).hasSize(6);
        for (int i = 0; i < 5; i++) {
            assertThat(all.get(i + 1).json()).contains("\"m" + i + "\"");
        }
    }

    @Test
    void aCreateThatWaitsForADeletionStallsNobodyAndEndsGone() throws Exception {
        test.append("dying", user("a"));
        try (var deleter = test.connect()) {
            deleter.setAutoCommit(false);
            ConversationKey key = ConversationKey.of(ALICE, "dying");
            try (var statement = deleter.createStatement()) {
                statement.execute("DELETE FROM conversations WHERE id = '" + key.id() + "'");
                statement.execute(
                        "INSERT INTO deleted_conversations VALUES ('" + key.owner() + "', '" + key.id() + "')");
            }
            CompletableFuture<Appended> late = CompletableFuture.supplyAsync(() -> test.append("dying", user("late")));
            test.append("lively", user("x"));
            deleter.commit();
            assertThat(late)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableOfType(ExecutionException.class)
                    .withCauseInstanceOf(ConversationGoneException.class);
        }
    }

    /** The one case in which an insert meets a row that is just being deleted: it was made after the first look. */
    @Test
    void anIdMadeAgainDuringItsDeletionHasALaterGeneration() throws Exception {
        test.append("again", user("a"));
        ConversationKey key = ConversationKey.of(ALICE, "again");
        List<NewRow> row = List.of(new NewRow(key, ALICE, "again", null, "{}", null));
        HistoryConfig config = HistoryConfig.of(test.url(), "redis://unused").withDatabaseTimeouts(LONG, LONG);
        try (Database database = new Database(new Connector(DatabaseUrl.parse(test.url()), config), config);
                Connection deleter = test.connect();
                Statement statement = deleter.createStatement()) {
            deleter.setAutoCommit(false);
            statement.execute("DELETE FROM conversations WHERE id = '" + key.id() + "'");
            CompletableFuture<Boolean> again =
                    CompletableFuture.supplyAsync(() -> new Transactions(database, LONG).run(LONG, transaction -> {
                        CreationStatements.setGenerations(transaction, CreationStatements.insert(transaction, row));
                        return true;
                    }));
            Parallel.await(LockTest::somebodyWaitsForALock);
            statement.execute("CREATE TEMP TABLE deletion AS SELECT nextval('generations') AS gen");
            deleter.commit();
            assertThat(again).succeedsWithin(LONG);
            try (ResultSet gens = statement.executeQuery(
                    "SELECT c.gen > d.gen FROM conversations c, deletion d WHERE c.id = '" + key.id() + "'")) {
                gens.next();
                assertThat(gens.getBoolean(1)).isTrue();
            }
        }
    }

    private static boolean somebodyWaitsForALock() {
        try {
            return test.number("SELECT count(*) FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                    > 0;
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    /** The append waited for the old row; what it finds then is another one under the same key. */
    @Test
    void anAppendThatWaitedForADeletionGoesIntoTheConversationMadeSince() throws Exception {
        test.append("renewed", user("a"));
        ConversationKey key = ConversationKey.of(ALICE, "renewed");
        CompletableFuture<Appended> waiting;
        try (Connection deleter = test.connect();
                Statement statement = deleter.createStatement()) {
            deleter.setAutoCommit(false);
            statement.execute("DELETE FROM conversations WHERE id = '" + key.id() + "'");
            waiting = CompletableFuture.supplyAsync(() -> test.append("renewed", user("b")));
            Parallel.await(LockTest::somebodyWaitsForALock);
            statement.execute("INSERT INTO conversations (user_id, id, created_at, updated_at, active_minute, gen,"
                    + " external_id) VALUES ('" + key.owner() + "', '" + key.id()
                    + "', now(), now(), now(), nextval('generations'), 'renewed')");
            deleter.commit();
        }
        assertThat(waiting).succeedsWithin(LONG).extracting(Appended::lastSeq).isEqualTo(1L);
    }

    @Test
    void aCallerWhoIsInterruptedHarmsNobody() throws Exception {
        test.append("interrupted", user("a"));
        CompletableFuture<Appended> result = new CompletableFuture<>();
        Thread caller;
        Appended other;
        try (Held held = new Held(test, ConversationKey.of(ALICE, "interrupted"))) {
            caller = Thread.startVirtualThread(() -> {
                try {
                    result.complete(test.append("interrupted", user("b").withId("b")));
                } catch (HistoryException e) {
                    result.completeExceptionally(e);
                }
            });
            test.append("bystander", user("x"));
            caller.interrupt();
            assertThat(result)
                    .failsWithin(Duration.ofSeconds(20))
                    .withThrowableOfType(ExecutionException.class)
                    .matches(e -> e.getCause() instanceof UnavailableException
                            || e.getCause() instanceof OutcomeUnknownException);
            assertThat(held).isNotNull();
            other = test.append("bystander", user("y"));
        }
        assertThat(other.lastSeq()).isEqualTo(2);
        assertThat(test.append("interrupted", user("b").withId("b")).lastSeq()).isEqualTo(2);
    }
}
