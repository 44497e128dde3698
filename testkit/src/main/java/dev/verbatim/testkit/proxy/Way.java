package dev.verbatim.testkit.proxy;

import java.io.IOException;
import java.io.OutputStream;
import java.time.Duration;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/** One direction of a proxy, for all of its connections. Thread-safe. */
final class Way {
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private volatile Traffic traffic = new Traffic.Passes();

    void set(Traffic now) {
        lock.lock();
        try {
            traffic = now;
            changed.signalAll();
        } finally {
            lock.unlock();
        }
    }

    boolean swallows() {
        return traffic instanceof Traffic.IsSwallowed;
    }

    /** Lets bytes through as the traffic is now; returns whether none of them was lost. */
    boolean carry(byte[] bytes, int length, OutputStream to) throws IOException, InterruptedException {
        int at = 0;
        while (at < length) {
            Traffic now = traffic;
            switch (now) {
                case Traffic.Passes all -> at = write(bytes, at, length, to);
                case Traffic.IsSwallowed none -> {
                    return false;
                }
                case Traffic.IsHeld later -> awaitOther(now, Duration.ofHours(1));
                case Traffic.IsLate late -> {
                    awaitOther(now, late.by());
                    at = now.equals(traffic) ? write(bytes, at, length, to) : at;
                }
                case Traffic.Drips some -> {
                    at = write(bytes, at, Math.min(length, at + some.bytes()), to);
                    awaitOther(now, some.pause());
                }
            }
        }
        return true;
    }

    private static int write(byte[] bytes, int from, int to, OutputStream out) throws IOException {
        out.write(bytes, from, to - from);
        return to;
    }

    /** Waits until the traffic is another one, but no longer than that. */
    private void awaitOther(Traffic than, Duration limit) throws InterruptedException {
        lock.lock();
        try {
            long left = limit.toNanos();
            while (traffic.equals(than) && left > 0) {
                left = changed.awaitNanos(left);
            }
        } finally {
            lock.unlock();
        }
    }
}
