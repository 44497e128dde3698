package dev.verbatim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import io.lettuce.core.RedisCommandExecutionException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.time.ZoneOffset;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;

/** Of two nodes one does not answer. */
class BreakersTest {
    private static final String WELL = "one:6379";
    private static final String SILENT = "two:6379";
    private static final int ENOUGH = 10;

    private final AtomicReference<Instant> now = new AtomicReference<>(Instant.EPOCH);
    private final Breakers breakers = new Breakers(((InstantSource) now::get).withZone(ZoneOffset.UTC));
    private final AtomicInteger asked = new AtomicInteger();

    private CompletableFuture<String> answer(String node) {
        return breakers.send(node, () -> {
            asked.incrementAndGet();
            return CompletableFuture.completedFuture("from " + node);
        });
    }

    private void fail(String node) {
        CompletableFuture<String> late =
                breakers.send(node, () -> CompletableFuture.failedFuture(new TimeoutException()));
        assertThat(late).isCompletedExceptionally();
    }

    @Test
    void aNodeThatDoesNotAnswerIsLeftAloneAndTheOtherIsStillAsked() throws Exception {
        for (int i = 0; i < ENOUGH; i++) {
            fail(SILENT);
            assertThat(answer(WELL).get()).isEqualTo("from " + WELL);
        }
        assertThat(breakers.states()).isEqualTo(new BreakerStates(1, 0, 1));
        asked.set(0);

        Future<String> refused = answer(SILENT);
        assertThat(refused.state()).isEqualTo(Future.State.FAILED);
        assertThat(refused.exceptionNow()).isInstanceOf(RedisAwayException.class);
        assertThat(asked).as("it is not even sent").hasValue(0);
        for (int i = 0; i < ENOUGH; i++) {
            assertThat(answer(WELL).get()).isEqualTo("from " + WELL);
        }
        assertThat(breakers.states()).isEqualTo(new BreakerStates(1, 0, 1));
    }

    @Test
    void aNodeThatAnswersAgainIsAskedAgain() throws ExecutionException, InterruptedException {
        for (int i = 0; i < ENOUGH; i++) {
            fail(SILENT);
        }
        assertThat(breakers.states().open()).isEqualTo(1);
        while (breakers.states().closed() == 0) {
            now.updateAndGet(time -> time.plus(Duration.ofSeconds(1)));
            CompletableFuture<String> probe = answer(SILENT);
            assertThat(probe.get()).isEqualTo("from " + SILENT);
        }
        assertThat(answer(SILENT).get()).isEqualTo("from " + SILENT);
    }

    @Test
    void anErrorThatRedisAnswersWithIsAnAnswer() {
        for (int i = 0; i < 2 * ENOUGH; i++) {
            CompletableFuture<String> error = breakers.send(
                    WELL,
                    () -> CompletableFuture.failedFuture(
                            new RedisCommandExecutionException("OOM command not allowed")));
            assertThat(error).isCompletedExceptionally();
        }
        assertThat(breakers.states()).isEqualTo(new BreakerStates(1, 0, 0));
    }
}
