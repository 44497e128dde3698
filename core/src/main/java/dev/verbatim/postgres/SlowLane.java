package dev.verbatim.postgres;

import dev.verbatim.ConversationKey;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.stream.Stream;

/**
 * Where appends wait that would stall others: those to a conversation somebody else holds, and those of a batch that
 * failed. Each conversation has a queue and a thread of its own; later appends to it follow in the same queue.
 */
final class SlowLane {
    private final BatchRunner runner;
    private final Semaphore connections;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition emptied = lock.newCondition();
    private final Map<ConversationKey, ArrayDeque<AppendRequest>> queues = new HashMap<>();

    SlowLane(BatchRunner runner, int mostConnections) {
        this.runner = runner;
        this.connections = new Semaphore(mostConnections, true);
    }

    /** Queues {@code request} if others of its conversation are here. */
    boolean follow(AppendRequest request) {
        lock.lock();
        try {
            ArrayDeque<AppendRequest> queue = queues.get(request.key());
            return queue != null && queue.add(request);
        } finally {
            lock.unlock();
        }
    }

    /** Queues what a batch left. */
    void add(BatchRunner.Leftover leftover) {
        lock.lock();
        try {
            leftover.locked().forEach(this::addLast);
            for (AppendRequest suspect : leftover.suspects()) {
                suspect.setAlone();
                addLast(suspect);
            }
        } finally {
            lock.unlock();
        }
    }

    private void addLast(AppendRequest request) {
        request.putBack();
        ArrayDeque<AppendRequest> queue = queues.get(request.key());
        if (queue == null) {
            queue = new ArrayDeque<>();
            queues.put(request.key(), queue);
            ConversationKey key = request.key();
            Thread.ofVirtual().name("verbatim-slow-lane").start(() -> work(key));
        }
        queue.add(request);
    }

    private void work(ConversationKey key) {
        boolean more = true;
        while (more) {
            connections.acquireUninterruptibly();
            try {
                List<AppendRequest> batch = next(key);
                more = !batch.isEmpty();
                if (more) {
                    putFirst(key, runner.run(batch, true));
                }
            } finally {
                connections.release();
            }
        }
    }

    /** The next batch; when there is none, the conversation's appends go to the lanes again. */
    private List<AppendRequest> next(ConversationKey key) {
        lock.lock();
        try {
            ArrayDeque<AppendRequest> queue = queues.getOrDefault(key, new ArrayDeque<>());
            List<AppendRequest> batch = new ArrayList<>();
            Lane.Size size = new Lane.Size();
            while (!queue.isEmpty() && size.fits(queue.element()) && mayJoin(batch, queue.element())) {
                AppendRequest request = queue.remove();
                if (request.take()) {
                    size.add(request);
                    batch.add(request);
                }
            }
            if (batch.isEmpty()) {
                queues.remove(key);
                emptied.signalAll();
            }
            return batch;
        } finally {
            lock.unlock();
        }
    }

    private static boolean mayJoin(List<AppendRequest> batch, AppendRequest next) {
        return batch.isEmpty() || !(next.alone() || batch.getFirst().alone());
    }

    /** Back to the front: suspects, and those whose conversation was made anew while they waited for the old one. */
    private void putFirst(ConversationKey key, BatchRunner.Leftover leftover) {
        lock.lock();
        try {
            leftover.suspects().forEach(AppendRequest::setAlone);
            ArrayDeque<AppendRequest> queue = queues.getOrDefault(key, new ArrayDeque<>());
            Stream.concat(leftover.locked().stream(), leftover.suspects().stream())
                    .toList()
                    .reversed()
                    .forEach(request -> {
                        request.putBack();
                        queue.addFirst(request);
                    });
        } finally {
            lock.unlock();
        }
    }

    void awaitEmpty(Deadline deadline) throws InterruptedException {
        lock.lock();
        try {
            while (!queues.isEmpty() && !deadline.passed()) {
                if (!emptied.await(Math.max(1, deadline.leftNanos()), TimeUnit.NANOSECONDS)) {
                    return;
                }
            }
        } finally {
            lock.unlock();
        }
    }
}
