package dev.verbatim.postgres;

import dev.verbatim.HistoryException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.IntFunction;

/** Many callers at once, each a virtual thread, and waiting for what they bring about. */
final class Parallel {
    private Parallel() {}

    /** Runs {@code n} tasks at once; what each returned or threw. */
    static <T> List<Future<T>> run(int n, IntFunction<Callable<T>> task) {
        List<Future<T>> results = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < n; i++) {
                results.add(threads.submit(task.apply(i)));
            }
        }
        return results;
    }

    /** What all tasks returned; fails when one threw. */
    static <T> List<T> values(List<Future<T>> results) {
        List<T> values = new ArrayList<>();
        for (Future<T> result : results) {
            values.add(result.resultNow());
        }
        return values;
    }

    /** The errors that callers saw. */
    static List<HistoryException> errors(List<? extends Future<?>> results) throws InterruptedException {
        List<HistoryException> errors = new ArrayList<>();
        for (Future<?> result : results) {
            try {
                result.get();
            } catch (ExecutionException e) {
                if (e.getCause() instanceof HistoryException own) {
                    errors.add(own);
                } else {
                    throw new AssertionError("not one of the promised exceptions", e.getCause());
                }
            }
        }
        return errors;
    }

    /** Waits until {@code condition} holds; fails after half a minute. */
    static void await(BooleanSupplier condition) {
        long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
        while (!condition.getAsBoolean()) {
            if (System.nanoTime() > deadline) {
                throw new AssertionError("it did not come to pass in time");
            }
            LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
        }
    }
}
