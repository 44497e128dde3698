package dev.verbatim.bench.load;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.locks.LockSupport;
import org.junit.jupiter.api.Test;

final class LoopsTest {
    private static final Duration TIME = Duration.ofMillis(200);

    @Test
    void aClosedLoopCountsWhatWasDoneAndWhatFailed() {
        AtomicInteger calls = new AtomicInteger();

        Measured measured = ClosedLoop.run(3, TIME, () -> {
            LockSupport.parkNanos(1_000_000);
            if (calls.incrementAndGet() % 2 == 0) {
                throw new IllegalStateException("each second one fails");
            }
        });

        assertThat(measured.failed()).isEqualTo(calls.get() / 2);
        assertThat(measured.perSecond()).isPositive();
        assertThat(measured.p50()).isGreaterThanOrEqualTo(900);
    }

    /** With a call that blocks all, one that did not count from the intended start would show short waits. */
    @Test
    void anOpenLoopBeginsWhatIsDueAndCountsFromThen() {
        AtomicInteger calls = new AtomicInteger();
        Object monitor = new Object();

        List<Measured> measured = OpenLoop.run(
                TIME,
                List.of(new OpenLoop.Stream(
                        () -> {
                            synchronized (monitor) {
                                calls.incrementAndGet();
                                LockSupport.parkNanos(4_000_000);
                            }
                        },
                        500)));

        assertThat(calls).hasValue(100);
        // 100 calls that take 4 ms each, one after another, and were due within 200 ms: the median waits about 100 ms.
        assertThat(measured.getFirst().p50()).isGreaterThan(80_000);
    }

    @Test
    void whatWasMeasuredPassesBetweenProcesses() {
        Measured measured = new Measured(1234.5, 1.5, 2.5, 3.5, 4096.5, 6.25, 7);

        assertThat(Measured.parse(("ok " + measured.line()).split(" "), 1)).isEqualTo(measured);
    }
}
