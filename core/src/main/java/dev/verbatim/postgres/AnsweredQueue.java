package dev.verbatim.postgres;

import dev.verbatim.OverloadedException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongSupplier;

/** Query logs that wait to be stored: so many at most. Thread-safe. */
final class AnsweredQueue {
    static final int MOST_LOGS = 20_000;
    static final int MOST_BYTES = 32 << 20;

    /** Logs of one transaction, unless one unit has more. */
    private static final int BATCH_LOGS = 1_000;

    private static final int BATCH_BYTES = 4 << 20;

    /** How long those that nobody waits for wait for others. */
    private static final long LINGER_NANOS = TimeUnit.SECONDS.toNanos(1);

    private final LongSupplier nanos;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition more = lock.newCondition();
    private final Deque<AnsweredUnit> units = new ArrayDeque<>();
    private int logs;
    private int bytes;
    private int awaited;
    private long oldest;
    private boolean closed;

    AnsweredQueue() {
        this(System::nanoTime);
    }

    /** @param nanos a clock like {@link System#nanoTime} */
    AnsweredQueue(LongSupplier nanos) {
        this.nanos = nanos;
    }

    /** Adds one that nobody waits for; false when there is no room. */
    boolean offer(AnsweredUnit unit) {
        lock.lock();
        try {
            if (closed || isFull(unit, MOST_LOGS, MOST_BYTES)) {
                return false;
            }
            add(unit);
            return true;
        } finally {
            lock.unlock();
        }
    }

    /**
     * Adds one that somebody waits for. Such ones have half of the room, so that they leave some to the others.
     *
     * @throws OverloadedException when there is no room
     */
    void put(AnsweredUnit unit) {
        lock.lock();
        try {
            if (closed || isFull(unit, MOST_LOGS / 2, MOST_BYTES / 2)) {
                throw new OverloadedException("too many query logs wait to be stored; send these again in a second");
            }
            add(unit);
            awaited++;
            more.signal();
        } finally {
            lock.unlock();
        }
    }

    private boolean isFull(AnsweredUnit unit, int mostLogs, int mostBytes) {
        return logs + unit.logs().size() > mostLogs || (logs > 0 && bytes + unit.bytes() > mostBytes);
    }

    private void add(AnsweredUnit unit) {
        if (units.isEmpty()) {
            oldest = nanos.getAsLong();
            more.signal();
        }
        units.add(unit);
        logs += unit.logs().size();
        bytes += unit.bytes();
        if (logs >= BATCH_LOGS) {
            more.signal();
        }
    }

    /** Waits for some to be stored; none when it is closed and empty. They keep their room until {@link #done}. */
    List<AnsweredUnit> take() throws InterruptedException {
        lock.lock();
        try {
            while (!closed && (units.isEmpty() || (awaited == 0 && logs < BATCH_LOGS && lingers() > 0))) {
                if (units.isEmpty()) {
                    more.await();
                } else {
                    more.awaitNanos(lingers());
                }
            }
            return batch();
        } finally {
            lock.unlock();
        }
    }

    private long lingers() {
        return oldest + LINGER_NANOS - nanos.getAsLong();
    }

    private List<AnsweredUnit> batch() {
        List<AnsweredUnit> batch = new ArrayList<>();
        int batchLogs = 0;
        int batchBytes = 0;
        while (!units.isEmpty()) {
            AnsweredUnit next = units.getFirst();
            batchLogs += next.logs().size();
            batchBytes += next.bytes();
            if (!batch.isEmpty() && (batchLogs > BATCH_LOGS || batchBytes > BATCH_BYTES)) {
                return batch;
            }
            batch.add(units.removeFirst());
            awaited -= next.done() == null ? 0 : 1;
        }
        return batch;
    }

    /** Says that these are stored, or given up. */
    void done(List<AnsweredUnit> batch) {
        lock.lock();
        try {
            for (AnsweredUnit unit : batch) {
                logs -= unit.logs().size();
                bytes -= unit.bytes();
            }
        } finally {
            lock.unlock();
        }
    }

    /** Takes no more; what waits is still given out. */
    void close() {
        lock.lock();
        try {
            closed = true;
            more.signal();
        } finally {
            lock.unlock();
        }
    }
}
