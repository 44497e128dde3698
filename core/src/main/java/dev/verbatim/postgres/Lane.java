package dev.verbatim.postgres;

import dev.verbatim.UnavailableException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/**
 * A queue of appends and the thread that commits them: what arrives while a commit is under way goes together into the
 * next one.
 */
final class Lane {
    private static final int MOST_MESSAGES = 256;
    private static final long MOST_BYTES = 1 << 20;

    private final BatchRunner runner;
    private final SlowLane slow;
    private final Admission admission;
    private final Thread thread;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final ArrayDeque<AppendRequest> queue = new ArrayDeque<>();
    private boolean closed;

    Lane(String name, BatchRunner runner, SlowLane slow, Admission admission) {
        this.runner = runner;
        this.slow = slow;
        this.admission = admission;
        this.thread = Thread.ofPlatform().name(name).daemon().unstarted(this::work);
    }

    void start() {
        thread.start();
    }

    /**
     * Queues {@code request}.
     *
     * @throws UnavailableException when this is closed, or too much waits already
     */
    void submit(AppendRequest request) {
        lock.lock();
        try {
            if (closed) {
                throw new UnavailableException("the store is closed", null);
            }
            admission.enter(request);
            queue.add(request);
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    private void work() {
        while (true) {
            List<AppendRequest> batch = next();
            if (batch.isEmpty()) {
                return;
            }
            BatchRunner.Leftover leftover = runner.run(batch, false);
            slow.add(leftover);
        }
    }

    /** Waits for the next batch; an empty one is the end. */
    private List<AppendRequest> next() {
        lock.lock();
        try {
            while (true) {
                List<AppendRequest> batch = new ArrayList<>();
                Size size = new Size();
                while (!queue.isEmpty() && size.fits(queue.element())) {
                    AppendRequest request = queue.remove();
                    // Behind those of its conversation that wait already, or they would be overtaken.
                    if (!slow.follow(request) && request.take()) {
                        size.add(request);
                        batch.add(request);
                    }
                }
                if (!batch.isEmpty() || closed) {
                    return batch;
                }
                changed.awaitUninterruptibly();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Lets nothing more in; what is queued is still done. */
    void close() {
        lock.lock();
        try {
            closed = true;
            changed.signal();
        } finally {
            lock.unlock();
        }
    }

    void join(Deadline deadline) throws InterruptedException {
        thread.join(Duration.ofNanos(Math.max(1, deadline.leftNanos())));
    }

    /** How much a batch holds. */
    static final class Size {
        private int messages;
        private long bytes;

        /** Whether {@code request} still fits; into an empty batch everything does. */
        boolean fits(AppendRequest request) {
            return messages == 0
                    || (messages + request.messages().size() <= MOST_MESSAGES && bytes + request.bytes() <= MOST_BYTES);
        }

        void add(AppendRequest request) {
            messages += request.messages().size();
            bytes += request.bytes();
        }
    }
}
