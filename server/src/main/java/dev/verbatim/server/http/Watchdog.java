package dev.verbatim.server.http;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/**
 * Ends input and output that takes too long: a thread that is still at it after its time is interrupted, which closes
 * its connection. So a client that sends or takes bytes one by one holds a thread only so long. Thread-safe.
 */
final class Watchdog implements AutoCloseable {
    private static final Duration SWEEP = Duration.ofMillis(250);

    private final Map<Object, Guard> guards = new ConcurrentHashMap<>();
    private final Thread sweeper = Thread.ofPlatform().daemon().name("watchdog").unstarted(this::run);
    private volatile boolean closed;

    Watchdog() {
        sweeper.start();
    }

    private void run() {
        while (!closed) {
            LockSupport.parkNanos(SWEEP.toNanos());
            long now = System.nanoTime();
            guards.values().removeIf(guard -> guard.fireIfLate(now));
        }
    }

    /** One stretch of work with a time limit. */
    final class Guard implements AutoCloseable {
        private final Thread thread = Thread.currentThread();
        private final Object key;
        private final long deadline;
        private boolean over;
        private boolean fired;

        private Guard(Object key, Duration limit) {
            this.key = key;
            this.deadline = System.nanoTime() + limit.toNanos();
        }

        /** Interrupts the thread when its time is over; says whether there is nothing more to watch. */
        private synchronized boolean fireIfLate(long now) {
            if (!over && now - deadline > 0) {
                over = true;
                fired = true;
                thread.interrupt();
            }
            return over;
        }

        /** Ends the guard; after this the thread is not interrupted any more. */
        @Override
        public void close() {
            guards.remove(key, this);
            if (end()) {
                Thread.interrupted();
            }
        }

        private synchronized boolean end() {
            over = true;
            return fired;
        }

        /** Whether the time ran out. */
        synchronized boolean fired() {
            return fired;
        }
    }

    /** Watches what this thread does from now until the guard is closed. */
    Guard guard(Duration limit) {
        return guard(new Object(), limit);
    }

    /** The same, to be ended by {@link #end} with the same key. */
    Guard guard(Object key, Duration limit) {
        Guard guard = new Guard(key, limit);
        guards.put(key, guard);
        return guard;
    }

    /** Ends the guard of that key, if there is one. */
    void end(Object key) {
        Guard guard = guards.get(key);
        if (guard != null) {
            guard.close();
        }
    }

    @Override
    public void close() {
        closed = true;
        LockSupport.unpark(sweeper);
    }
}
