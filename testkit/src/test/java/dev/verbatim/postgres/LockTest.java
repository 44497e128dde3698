package dev.verbatim.postgres;

import static dev.verbatim.postgres.TestLog.ALICE;
import static dev.verbatim.postgres.TestLog.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Appended;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryException;
import dev.verbatim.Message;
import dev.verbatim.OutcomeUnknownException;
import dev.verbatim.UnavailableException;
import dev.verbatim.testkit.RealServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A conversation that somebody else holds stalls nobody but itself. */
class LockTest {
    private static TestLog test;

    @BeforeAll
    static void open() {
        test = TestLog.open(RealServers.newDatabase(), Duration.ofSeconds(10), Duration.ofMillis(700));
    }

    @AfterAll
    static void close() {
        test.close();
    }

    @Test
    void othersGoOnAndTheHeldOneIsToldAndWorksNextTime() throws Exception {
        test.append("held", user("a"));
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            Future<Appended> waiting;
            try (Held held = new Held(test, ConversationKey.of(ALICE, "held"))) {
                waiting = threads.submit(() -> test.append("held", user("b").withId("b")));
                for (int i = 0; i < 20; i++) {
                    test.append("free" + i, user("x"));
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
        assertThat(test.append("held", user("b").withId("b")).lastSeq()).isEqualTo(2);
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
                            // Each is on its way through the lane before the next comes.
                            test.append("pace", user("x"));
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
                    .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                    .withCauseInstanceOf(dev.verbatim.ConversationGoneException.class);
        }
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
                    .withThrowableOfType(java.util.concurrent.ExecutionException.class)
                    .matches(e -> e.getCause() instanceof UnavailableException
                            || e.getCause() instanceof OutcomeUnknownException);
            assertThat(held).isNotNull();
            other = test.append("bystander", user("y"));
        }
        assertThat(other.lastSeq()).isEqualTo(2);
        assertThat(test.append("interrupted", user("b").withId("b")).lastSeq()).isEqualTo(2);
    }
}
