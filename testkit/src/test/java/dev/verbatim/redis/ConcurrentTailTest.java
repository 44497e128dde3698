package dev.verbatim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Message;
import dev.verbatim.testkit.Await;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.ReentrantLock;
import org.junit.jupiter.api.Test;

/** Many threads at one conversation, appending and filling at the same time. */
class ConcurrentTailTest extends TailTest {
    private static final int WRITERS = 6;
    private static final int APPENDS = 150;

    private final List<Message> log = new ArrayList<>();
    private final ReentrantLock rowLock = new ReentrantLock();
    private final AtomicLong acknowledged = new AtomicLong();
    private final AtomicLong newest = new AtomicLong();
    private final AtomicLong tokens = new AtomicLong();

    @Test
    void noReaderMissesWhatWasAcknowledged() throws Exception {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < WRITERS; i++) {
                writers.add(threads.submit(() -> repeat(APPENDS, this::append)));
            }
            List<Future<?>> readers = new ArrayList<>();
            for (int i = 0; i < 4; i++) {
                readers.add(threads.submit(() -> {
                    while (acknowledged.get() < WRITERS * APPENDS) {
                        readOrFill();
                    }
                }));
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
            for (Future<?> reader : readers) {
                reader.get();
            }
        }
        Await.until(() -> {
            readOrFill();
            CachedTail read = tail.read(key);
            return read != null && read.current();
        });
        CachedTail end = cached(key);
        assertThat(end.hi()).isEqualTo(WRITERS * APPENDS);
        assertThat(end.messages(end.lo(), end.hi())).isEqualTo(log.subList((int) end.lo() - 1, log.size()));
    }

    private static void repeat(int times, Runnable task) {
        for (int i = 0; i < times; i++) {
            task.run();
        }
    }

    private void append() {
        long seq = commitNext();
        assertThat(tail.apply(List.of(commit(key, 1, seq, seq))).await()).isEmpty();
        newest.accumulateAndGet(seq, Math::max);
        acknowledged.incrementAndGet();
    }

    private void readOrFill() {
        long before = newest.get();
        CachedTail read = tail.read(key);
        if (read != null && read.current()) {
            assertThat(read.hi()).isGreaterThanOrEqualTo(before);
            long lo = read.lo();
            assertThat(read.messages(lo, read.hi())).isEqualTo(RawRedis.messages(lo, read.hi()));
            return;
        }
        long token = tokens.incrementAndGet();
        if (!tail.lease(key, token, Duration.ofSeconds(10)).granted()) {
            return;
        }
        List<Message> lines = readLog();
        long hi = lines.isEmpty() ? 0 : lines.getLast().seq();
        tail.fill(epoch.get(), key, token, 1, hi - lines.size() + 1, hi, lines);
    }

    private long commitNext() {
        rowLock.lock();
        try {
            long seq = log.size() + 1L;
            log.add(RawRedis.message(seq));
            return seq;
        } finally {
            rowLock.unlock();
        }
    }

    private List<Message> readLog() {
        rowLock.lock();
        try {
            return List.copyOf(log.subList(Math.max(0, log.size() - WINDOW), log.size()));
        } finally {
            rowLock.unlock();
        }
    }
}
