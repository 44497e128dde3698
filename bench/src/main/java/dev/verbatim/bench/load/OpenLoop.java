package dev.verbatim.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;
import org.HdrHistogram.ConcurrentHistogram;

/**
 * Calls begin at fixed times, whether or not earlier ones have returned, each on a virtual thread of its own; a latency
 * counts from the time at which the call was to begin.
 */
public final class OpenLoop {
    private static final int DIGITS = 3;
    private static final long NANOS_A_SECOND = Duration.ofSeconds(1).toNanos();

    private OpenLoop() {}

    /**
     * One kind of call.
     *
     * @param rate how many begin each second
     */
    public record Stream(Runnable work, int rate) {}

    /** Runs all streams side by side for {@code time}; what was measured of each, in their order. */
    public static List<Measured> run(Duration time, List<Stream> streams) {
        List<Running> running = streams.stream().map(Running::new).toList();
        Spent before = Spent.now();
        long began = System.nanoTime();
        begin(running, began, began + time.toNanos());
        running.forEach(Running::awaitAll);
        long elapsed = System.nanoTime() - began;
        Spent spent = Spent.now().since(before);
        List<Measured> measured = new ArrayList<>();
        running.forEach(stream -> measured.add(Measured.of(stream.latencies, elapsed, spent, stream.failed.sum())));
        return measured;
    }

    private static void begin(List<Running> streams, long began, long until) {
        while (true) {
            Running next = streams.getFirst();
            for (Running stream : streams) {
                next = stream.due(began) < next.due(began) ? stream : next;
            }
            long due = next.due(began);
            if (due >= until) {
                return;
            }
            while (System.nanoTime() < due) {
                LockSupport.parkNanos(due - System.nanoTime());
            }
            next.start(due);
        }
    }

    private static final class Running {
        private final Stream stream;
        private final ConcurrentHistogram latencies = new ConcurrentHistogram(DIGITS);
        private final LongAdder failed = new LongAdder();
        private final List<CountDownLatch> ends = new ArrayList<>();
        private long started;

        Running(Stream stream) {
            this.stream = stream;
        }

        long due(long began) {
            return began + started * NANOS_A_SECOND / stream.rate();
        }

        void start(long due) {
            started++;
            CountDownLatch end = new CountDownLatch(1);
            ends.add(end);
            Thread.ofVirtual().start(() -> {
                if (Failures.succeeds(stream.work())) {
                    latencies.recordValue(Math.max(1, System.nanoTime() - due));
                } else {
                    failed.increment();
                }
                end.countDown();
            });
        }

        void awaitAll() {
            ends.forEach(ClosedLoop::await);
        }
    }
}
