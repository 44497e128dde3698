package dev.verbatim.server.migration;

import dev.verbatim.ConversationKey;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReadWriteLock;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/** A lock for each conversation, some of which share one. Thread-safe. */
final class Stripes {
    private static final int COUNT = 512;

    private final List<ReadWriteLock> locks = new ArrayList<>();

    Stripes() {
        for (int i = 0; i < COUNT; i++) {
            locks.add(new ReentrantReadWriteLock());
        }
    }

    /** Held while the conversation must not be changed. */
    Held reading(ConversationKey key) {
        return hold(List.of(of(key).readLock()));
    }

    /** Held while the conversation is changed. */
    Held writing(ConversationKey key) {
        return hold(List.of(of(key).writeLock()));
    }

    /** Held while any may be changed. */
    Held writingAll() {
        return hold(locks.stream().map(ReadWriteLock::writeLock).toList());
    }

    private ReadWriteLock of(ConversationKey key) {
        return locks.get(Math.floorMod(key.id().hashCode(), COUNT));
    }

    private static Held hold(List<Lock> wanted) {
        wanted.forEach(Lock::lock);
        return () -> wanted.reversed().forEach(Lock::unlock);
    }

    /** Ended by closing it. */
    interface Held extends AutoCloseable {
        @Override
        void close();
    }
}
