package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.ConversationGoneException;
import dev.verbatim.InvalidInputException;
import dev.verbatim.OverloadedException;
import dev.verbatim.Owner;
import dev.verbatim.UnavailableException;
import dev.verbatim.insight.Answered;
import dev.verbatim.insight.InsightFilter;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Query logs on their way to the disk. */
class AnsweredWriterTest {
    private static final Owner ANN = Owner.named("ann");

    private final TestLog test =
            TestLog.open(RealServers.newDatabase(), Duration.ofSeconds(60), Duration.ofSeconds(60));
    private final PostgresInsights insights = test.log().insights();
    private final Logs source = new Logs(1, 5);

    @AfterEach
    void close() {
        insights.close();
        test.close();
    }

    private long stored() {
        try {
            return test.number("SELECT count(*) FROM query_logs");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void whatIsStoredIsThereAndOnceHoweverOftenItIsSent() {
        List<Answered> logs = source.of(ANN, 1_000);
        insights.store(logs);
        assertThat(stored()).isEqualTo(1_000);
        insights.store(logs);
        assertThat(stored()).isEqualTo(1_000);
        assertThat(insights.overview(new InsightFilter(null, null, null, null, null, null))
                        .queries()
                        .queries())
                .isEqualTo(1_000);
    }

    @Test
    void whatIsTakenIsStoredSoonAndAtTheEnd() {
        assertThat(insights.take(source.next())).isTrue();
        Await.until(() -> stored() == 1);
        for (int i = 0; i < 3_000; i++) {
            assertThat(insights.take(source.next())).isTrue();
        }
        insights.close();
        assertThat(stored()).isEqualTo(3_001);
        assertThat(insights.dropped()).isZero();
        assertThat(insights.take(source.next())).as("it takes no more").isFalse();
    }

    @Test
    void whenTooManyWaitTheyAreRefusedAndNoneThatWasTakenIsLost() throws Exception {
        insights.store(source.of(ANN, 1));
        long taken = 1;
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Boolean>> calls = new ArrayList<>();
            try (Connection holder = test.connect();
                    Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("LOCK TABLE query_log_news IN ACCESS EXCLUSIVE MODE");
                for (int i = 0; i < 15; i++) {
                    List<Answered> logs = source.of(ANN, 1_000);
                    calls.add(callers.submit(() -> isStored(logs)));
                }
                Await.until(() -> calls.stream().filter(Future::isDone).count() == 5);
                while (insights.take(source.next())) {
                    taken++;
                }
                assertThat(insights.dropped()).isEqualTo(1);
                holder.rollback();
            }
            for (Future<Boolean> call : calls) {
                taken += call.get() ? 1_000 : 0;
            }
        }
        assertThat(taken).isEqualTo(1 + AnsweredQueue.MOST_LOGS);
        long all = taken;
        Await.until(() -> stored() == all);
    }

    private boolean isStored(List<Answered> logs) {
        try {
            insights.store(logs);
            return true;
        } catch (OverloadedException e) {
            return false;
        }
    }

    @Test
    void whatPostgresRefusesFailsAlone() throws Exception {
        test.sql("ALTER TABLE query_logs ADD CHECK (query <> 'bad')");
        List<Answered> bad = List.of(
                new Answered(UUID.randomUUID(), ANN, Logs.FIRST, "bad", 1, null, null, null, null, null, null, null));
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> good = new ArrayList<>();
            for (int i = 0; i < 20; i++) {
                good.add(callers.submit(() -> insights.store(source.of(ANN, 10))));
            }
            assertThatThrownBy(() -> insights.store(bad)).hasMessageContaining("check constraint");
            for (Future<?> one : good) {
                one.get();
            }
        }
        assertThat(stored()).isEqualTo(200);
    }

    @Test
    void nobodyWhoWasErasedIsMadeKnownByALog() throws Exception {
        insights.store(source.of(ANN, 3));
        test.erase(ANN);
        assertThat(stored()).isZero();
        assertThatThrownBy(() -> insights.store(source.of(ANN, 3))).isInstanceOf(ConversationGoneException.class);
        insights.take(source.of(ANN, 1).getFirst());
        Owner nobody = Owner.registered(UUID.randomUUID());
        assertThatThrownBy(() -> insights.store(source.of(nobody, 1))).isInstanceOf(InvalidInputException.class);
        insights.close();
        assertThat(stored()).isZero();
        assertThat(test.number("SELECT count(*) FROM users WHERE id = '" + ANN.id() + "'"))
                .isZero();
    }

    @Test
    void whileTheTablesCannotBeWrittenWhoWaitsIsToldAndTheRestIsKept() throws Exception {
        try (TestLog impatient = TestLog.open(test.url(), Duration.ofSeconds(60), Duration.ofMillis(100));
                PostgresInsights one = impatient.log().insights()) {
            one.store(source.of(ANN, 1));
            try (Connection holder = test.connect();
                    Statement statement = holder.createStatement()) {
                holder.setAutoCommit(false);
                statement.execute("LOCK TABLE query_log_news IN ACCESS EXCLUSIVE MODE");
                assertThat(one.take(source.next())).isTrue();
                assertThatThrownBy(() -> one.store(source.of(ANN, 1)))
                        .isInstanceOf(UnavailableException.class)
                        .hasMessageStartingWith("the query logs are held");
                holder.rollback();
            }
            Await.until(() -> stored() == 2);
            assertThat(one.dropped()).isZero();
        }
    }
}
