package dev.verbatim;

import java.util.concurrent.locks.ReentrantLock;

/** A task that many wait for and one of them does: each {@link #run} returns when it is done. Thread-safe. */
final class OnceForAll implements Runnable {
    private final ReentrantLock lock = new ReentrantLock();
    private final Runnable task;
    private boolean done;

    OnceForAll(Runnable task) {
        this.task = task;
    }

    @Override
    public void run() {
        lock.lock();
        try {
            if (!done) {
                task.run();
                done = true;
            }
        } finally {
            lock.unlock();
        }
    }
}
