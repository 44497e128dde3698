package dev.verbatim;

import dev.verbatim.postgres.ChangeLog;
import dev.verbatim.postgres.Poll;
import dev.verbatim.postgres.Snapshot;
import dev.verbatim.redis.RedisTail;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.jspecify.annotations.Nullable;

/**
 * Tells Redis what changed, whoever changed it, so that what is remembered of it can be forgotten. One server at a time
 * does so for all. For the change tail's thread.
 */
final class Drain {
    /** So many at once, that Redis can confirm them in the time an answer may take. */
    private static final int AT_ONCE = 512;

    private static final long PAUSE_BETWEEN_TRIMS = Duration.ofSeconds(10).toNanos();

    private final ChangeLog log;
    private final RedisTail redis;
    private final RecentChanges recent;
    private final AtomicLong epoch;
    private long lastTrim = System.nanoTime();

    /** A look, and when it began: once Redis knows what it saw, what was remembered before may be forgotten. */
    private @Nullable Snapshot marked;

    private long markedAt;

    Drain(ChangeLog log, RedisTail redis, RecentChanges recent, AtomicLong epoch) {
        this.log = log;
        this.redis = redis;
        this.recent = recent;
        this.epoch = epoch;
    }

    /**
     * Drains, if it is this server's turn; returns whether there is more to be done at once.
     *
     * @param poll the last look
     * @param began when it began
     */
    boolean run(Poll poll, long began) {
        forget(poll, began);
        if (!redis.isTrusted() || !log.drain(epoch.get(), !recent.isEmpty(), this::bring)) {
            return false;
        }
        if (System.nanoTime() - lastTrim < PAUSE_BETWEEN_TRIMS) {
            return false;
        }
        boolean more = log.trim();
        lastTrim = more ? lastTrim : System.nanoTime();
        return more;
    }

    private void forget(Poll poll, long began) {
        Snapshot mark = marked;
        if (mark != null && poll.drained().covers(mark)) {
            recent.told(markedAt);
            mark = null;
        }
        if (mark == null) {
            marked = poll.seen();
            markedAt = began;
        }
    }

    private boolean bring(List<Change> changes) {
        List<Change> newest = newest(changes);
        for (int from = 0; from < newest.size(); from += AT_ONCE) {
            List<Change> some = newest.subList(from, Math.min(newest.size(), from + AT_ONCE));
            if (!redis.noteAll(epoch.get(), some)) {
                return false;
            }
        }
        return true;
    }

    private static List<Change> newest(List<Change> changes) {
        Map<ConversationKey, Change> newest = new HashMap<>();
        changes.forEach(change -> newest.merge(change.key(), change, Change::newest));
        return new ArrayList<>(newest.values());
    }
}
