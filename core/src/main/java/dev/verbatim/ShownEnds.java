package dev.verbatim;

import dev.verbatim.postgres.Shown;
import dev.verbatim.redis.RedisTail;
import java.util.List;

/**
 * Who was shown an end may not be shown an older one by the next read, on whichever server, though the append may still be
 * under way. Answers that are no reads of the cache tell it here what they are about to show: all at once, and only what
 * changed so lately that Redis may not know. Thread-safe.
 */
final class ShownEnds {
    private final RedisTail tail;
    private final RecentChanges recent;
    private final ChangeTail changes;

    ShownEnds(RedisTail tail, RecentChanges recent, ChangeTail changes) {
        this.tail = tail;
        this.recent = recent;
        this.changes = changes;
    }

    /** Tells of what {@code shown} shows, and returns its answer. */
    <T> T tell(Shown<T> shown) {
        tell(
                shown.epoch(),
                shown.ends().stream()
                        .filter(end -> !changes.isTold(end.xid()))
                        .map(Shown.End::change)
                        .toList());
        return shown.answer();
    }

    /** Tells of these ends, which were read together with the cache's epoch {@code epoch}. */
    void tell(long epoch, List<Change> ends) {
        if (!ends.isEmpty()) {
            ends.forEach(end -> recent.add(end.key(), end.gen(), end.seq()));
            // What Redis does not confirm the change tail will bring; this server knows.
            tail.noteAll(epoch, ends);
        }
    }
}
