package dev.verbatim.bench.load;

import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.LongAdder;
import org.HdrHistogram.Histogram;

/** Callers on virtual threads, each of which begins its next call when the last one has returned. */
public final class ClosedLoop {
    private static final int DIGITS = 2;

    private ClosedLoop() {}

    /** Lets {@code callers} do {@code work} for {@code time}. */
    public static Measured run(int callers, Duration time, Runnable work) {
        CountDownLatch begin = new CountDownLatch(1);
        LongAdder failed = new LongAdder();
        List<Histogram> latencies = new ArrayList<>();
        List<Thread> threads = new ArrayList<>();
        for (int i = 0; i < callers; i++) {
            Histogram own = new Histogram(DIGITS);
            latencies.add(own);
            threads.add(Thread.ofVirtual().start(() -> {
                await(begin);
                call(work, System.nanoTime() + time.toNanos(), own, failed);
            }));
        }
        Spent before = Spent.now();
        long began = System.nanoTime();
        begin.countDown();
        threads.forEach(ClosedLoop::join);
        long elapsed = System.nanoTime() - began;
        Spent spent = Spent.now().since(before);
        Histogram all = new Histogram(DIGITS);
        latencies.forEach(all::add);
        return Measured.of(all, elapsed, spent, failed.sum());
    }

    private static void call(Runnable work, long until, Histogram latencies, LongAdder failed) {
        long now = System.nanoTime();
        while (now - until < 0) {
            boolean done = Failures.succeeds(work);
            long after = System.nanoTime();
            if (done) {
                latencies.recordValue(after - now);
            } else {
                failed.increment();
            }
            now = after;
        }
    }

    static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void join(Thread thread) {
        try {
            thread.join();
        } catch (InterruptedException e) {
            throw new IllegalStateException(e);
        }
    }
}
