package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.OverloadedException;
import dev.verbatim.insight.Answered;
import dev.verbatim.testkit.Await;
import java.time.Duration;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/** Query logs that wait; the clock is the test's. */
class AnsweredQueueTest {
    private final AtomicLong clock = new AtomicLong();
    private final AtomicLong looks = new AtomicLong();
    private final AnsweredQueue queue = new AnsweredQueue(() -> {
        looks.incrementAndGet();
        return clock.get();
    });

    private static Answered log(int characters) {
        return new Answered(
                UUID.randomUUID(),
                Logs.user(1),
                Logs.FIRST,
                "x".repeat(characters),
                1,
                null,
                null,
                null,
                null,
                null,
                null,
                null);
    }

    private static AnsweredUnit unit(int characters, boolean awaited) {
        return new AnsweredUnit(List.of(log(characters)), awaited ? new CompletableFuture<>() : null);
    }

    @Test
    void longLogsAreRefusedBeforeTheyTakeTooMuchMemory() throws Exception {
        long mostBytes = 32 << 20;
        int bytes = unit(Answered.LONGEST_QUERY, false).bytes();
        assertThat(bytes).isGreaterThanOrEqualTo(2 * Answered.LONGEST_QUERY);
        long put = 0;
        while ((put + 1) * bytes <= mostBytes / 2) {
            queue.put(unit(Answered.LONGEST_QUERY, true));
            put++;
        }
        assertThatThrownBy(() -> queue.put(unit(Answered.LONGEST_QUERY, true))).isInstanceOf(OverloadedException.class);
        long all = put;
        while (queue.offer(unit(Answered.LONGEST_QUERY, false))) {
            all++;
        }
        assertThat(all).isEqualTo(mostBytes / bytes);

        List<AnsweredUnit> batch = queue.take();
        assertThat(queue.offer(unit(Answered.LONGEST_QUERY, false)))
                .as("what is being stored keeps its room")
                .isFalse();
        queue.done(batch);
        assertThat(queue.offer(unit(Answered.LONGEST_QUERY, false))).isTrue();
    }

    @Test
    void aBatchIsNotOfMoreBytesThanOneTransactionShouldHave() throws Exception {
        for (int i = 0; i < 200; i++) {
            queue.put(unit(Answered.LONGEST_QUERY, true));
        }
        int bytes = queue.take().stream().mapToInt(AnsweredUnit::bytes).sum();
        assertThat(bytes).isBetween(3 << 20, 4 << 20);
    }

    @Test
    void whatNobodyWaitsForIsGivenOutAfterASecond() throws Exception {
        assertThat(queue.offer(unit(1, false))).isTrue();
        CompletableFuture<List<AnsweredUnit>> taken = new CompletableFuture<>();
        Thread.ofVirtual().start(() -> take(taken));
        try {
            clock.set(Duration.ofSeconds(1).toNanos() - 1);
            long before = looks.get();
            Await.until(() -> looks.get() > before + 5);
            assertThat(taken.isDone()).isFalse();
            clock.set(Duration.ofSeconds(1).toNanos());
            Await.until(taken::isDone);
            assertThat(taken.get()).hasSize(1);
        } finally {
            queue.close();
        }
    }

    private void take(CompletableFuture<List<AnsweredUnit>> taken) {
        try {
            taken.complete(queue.take());
        } catch (InterruptedException e) {
            taken.completeExceptionally(e);
        }
    }

    @Test
    void whatSomebodyWaitsForIsGivenOutAtOnceWithWhatIsThere() throws Exception {
        queue.offer(unit(1, false));
        queue.put(unit(1, true));
        assertThat(queue.take()).hasSize(2);
    }

    @Test
    void aWholeBatchWaitsForNothing() throws Exception {
        for (int i = 0; i < 1_000; i++) {
            queue.offer(unit(1, false));
        }
        assertThat(queue.take()).hasSize(1_000);
    }
}
