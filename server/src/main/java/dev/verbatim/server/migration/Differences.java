package dev.verbatim.server.migration;

import dev.verbatim.ConversationKey;
import dev.verbatim.Owner;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Counts what was compared, and keeps where it was not the same. Thread-safe. */
public final class Differences {
    private static final Logger LOG = LoggerFactory.getLogger(Differences.class);

    /** More are counted only. */
    static final int MOST_KEPT = 1_000;

    /**
     * A conversation that was not the same.
     *
     * @param owner whose it is
     * @param conversationId its id
     * @param what what was not the same, the last time
     * @param times how often it was seen
     * @param firstAt when it was seen first
     * @param lastAt when it was seen last
     */
    public record Difference(
            Owner owner, String conversationId, String what, long times, Instant firstAt, Instant lastAt) {}

    private final Map<ConversationKey, Difference> kept = new LinkedHashMap<>();
    private long compared;
    private long found;

    /** Takes note of one comparison; {@code what} is not the same, or nothing when it is null. */
    synchronized void compared(Owner owner, String conversationId, @Nullable String what) {
        compared++;
        if (what != null) {
            found(owner, conversationId, what);
        }
    }

    /** Takes note of something that is not the same. */
    synchronized void found(Owner owner, String conversationId, String what) {
        found++;
        ConversationKey key = ConversationKey.of(owner, conversationId);
        Difference known = kept.get(key);
        if (known == null || !known.what().equals(what)) {
            LOG.warn("memory and PostgreSQL differ: conversation \"{}\": {}", conversationId, what);
        }
        if (known != null || kept.size() < MOST_KEPT) {
            Instant now = Instant.now();
            kept.put(
                    key,
                    new Difference(
                            owner,
                            conversationId,
                            what,
                            known == null ? 1 : known.times() + 1,
                            known == null ? now : known.firstAt(),
                            now));
        }
    }

    /** How often something was compared. */
    public synchronized long comparisons() {
        return compared;
    }

    /** How often something was not the same. */
    public synchronized long count() {
        return found;
    }

    /** The conversations that were not the same, in the order in which that was seen. */
    public synchronized List<Difference> all() {
        return List.copyOf(kept.values());
    }

    /** Forgets what was kept of an owner who is erased. */
    synchronized void forget(Owner owner) {
        kept.keySet().removeIf(key -> key.owner().equals(owner.id()));
    }
}
