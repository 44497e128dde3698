package dev.verbatim;

import dev.verbatim.Window.Source;
import dev.verbatim.postgres.LogSlice;
import dev.verbatim.postgres.PostgresLog;
import dev.verbatim.redis.CachedTail;
import dev.verbatim.redis.RedisAwayException;
import dev.verbatim.redis.RedisTail;
import java.util.List;
import java.util.Optional;

/** Reads: from Redis when what it holds is known to be the newest, else from PostgreSQL, filling Redis on the way. */
final class TailReader {
    /** After this many rounds of waiting for other readers' fills a reader asks PostgreSQL itself. */
    private static final int ROUNDS = 4;

    private final PostgresLog log;
    private final RedisTail tail;
    private final RecentChanges recent;
    private final ChangeTail changes;
    private final TailFiller filler;

    TailReader(PostgresLog log, RedisTail tail, RecentChanges recent, ChangeTail changes, HistoryConfig config) {
        this.log = log;
        this.tail = tail;
        this.recent = recent;
        this.changes = changes;
        this.filler = new TailFiller(log, tail, recent, config);
    }

    Window read(ConversationKey key, String conversationId, Slice slice) {
        if (slice.fresh()) {
            return fromLog(key, conversationId, slice, Source.BYPASS);
        }
        try {
            return changes.isFresh() ? cachedOrNot(key, conversationId, slice) : untrusting(key, conversationId, slice);
        } catch (UnavailableException e) {
            return possiblyStale(key, slice).orElseThrow(() -> e);
        }
    }

    /** The part of the history that follows {@code afterSeq}. */
    Window part(ConversationKey key, String conversationId, long afterSeq) {
        LogSlice read = log.part(key, afterSeq).orElseThrow(() -> gone(key, conversationId));
        tellCache(key, read);
        boolean more = afterSeq + read.messages().size() < read.lastSeq();
        return new Window(read.messages(), read.epoch(), read.gen(), read.lastSeq(), more, Source.BYPASS);
    }

    private Window cachedOrNot(ConversationKey key, String conversationId, Slice slice) {
        try {
            return throughCache(key, conversationId, slice);
        } catch (RedisAwayException e) {
            return fromLog(key, conversationId, slice, Source.BYPASS);
        }
    }

    /** Nobody waits for a PostgreSQL that does not answer when there is something to be shown. */
    private Window untrusting(ConversationKey key, String conversationId, Slice slice) {
        return switch (changes.awaitState()) {
            case FRESH -> cachedOrNot(key, conversationId, slice);
            case TOO_MANY -> fromLog(key, conversationId, slice, Source.BYPASS);
            case AWAY, LATE ->
                possiblyStale(key, slice).orElseGet(() -> fromLog(key, conversationId, slice, Source.BYPASS));
        };
    }

    /** What Redis holds, unless there is surely newer, or the caller has seen newer. */
    private Optional<Window> possiblyStale(ConversationKey key, Slice slice) {
        try {
            CachedTail cached = tail.peek(key);
            return cached != null && cached.current() && !isBehind(key, cached) && shows(cached, slice)
                    ? Optional.of(hit(cached, slice, Source.STALE))
                    : Optional.empty();
        } catch (RedisAwayException e) {
            return Optional.empty();
        }
    }

    private static boolean shows(CachedTail cached, Slice slice) {
        return cached.hi() >= slice.minSeq() && covers(cached, slice);
    }

    /**
     * Who waited for another reader's fill asks Redis again, not that reader: its view of PostgreSQL may be older than
     * this call, and only the entry's {@code need} tells.
     */
    private Window throughCache(ConversationKey key, String conversationId, Slice slice) {
        for (int round = 0; round < ROUNDS; round++) {
            CachedTail cached = tail.read(key);
            if (cached != null && isNewest(key, cached) && cached.hi() >= slice.minSeq()) {
                return covers(cached, slice)
                        ? hit(cached, slice, Source.HIT)
                        : beside(cached, key, conversationId, slice);
            }
            TailFiller.Fill fill = filler.fill(key);
            if (fill.own()) {
                return loaded(key, conversationId, slice, fill.loaded());
            }
        }
        return fromLog(key, conversationId, slice, Source.MISS);
    }

    /** The change tail is asked last: what it knew when it was fresh may be forgotten a moment later. */
    private boolean isNewest(ConversationKey key, CachedTail cached) {
        return cached.current() && !isBehind(key, cached) && changes.isFresh();
    }

    private boolean isBehind(ConversationKey key, CachedTail cached) {
        return recent.isNewerThan(key, cached.gen(), cached.hi());
    }

    private static boolean covers(CachedTail cached, Slice slice) {
        long from = slice.from(cached.hi());
        return from >= cached.lo() || from > slice.to(cached.hi());
    }

    private static Window hit(CachedTail cached, Slice slice, Source source) {
        long hi = cached.hi();
        long from = slice.from(hi);
        long to = slice.to(hi);
        List<Message> messages = from > to ? List.of() : cached.messages(from, to);
        return new Window(messages, cached.epoch(), cached.gen(), hi, slice.hasMore(hi), source);
    }

    /** Cuts the slice out of what was just loaded for the cache, when it is in there. */
    private Window loaded(ConversationKey key, String conversationId, Slice slice, Optional<LogSlice> loaded) {
        LogSlice newest = loaded.orElseThrow(() -> new ConversationNotFoundException(conversationId));
        long hi = newest.lastSeq();
        long lo = hi - newest.messages().size() + 1;
        long from = slice.from(hi);
        long to = slice.to(hi);
        if (from > to) {
            return window(newest, List.of(), slice, Source.MISS);
        }
        if (from < lo) {
            return fromLog(key, conversationId, slice, Source.MISS);
        }
        return window(newest, newest.messages().subList((int) (from - lo), (int) (to - lo) + 1), slice, Source.MISS);
    }

    /** Reads what is older than the window the cache holds. */
    private Window beside(CachedTail cached, ConversationKey key, String conversationId, Slice slice) {
        LogSlice read = readLog(key, conversationId, slice);
        if (read.gen() != cached.gen() || read.lastSeq() != cached.hi()) {
            tellCache(key, read);
        }
        return window(read, read.messages(), slice, Source.MISS);
    }

    private Window fromLog(ConversationKey key, String conversationId, Slice slice, Source source) {
        LogSlice read = readLog(key, conversationId, slice);
        tellCache(key, read);
        return window(read, read.messages(), slice, source);
    }

    private LogSlice readLog(ConversationKey key, String conversationId, Slice slice) {
        return log.read(key, slice).orElseThrow(() -> gone(key, conversationId));
    }

    /** Who was told that it is gone may not be shown it by the next read, though its deletion may still be under way. */
    private ConversationNotFoundException gone(ConversationKey key, String conversationId) {
        try {
            tail.drop(key);
        } catch (RedisAwayException e) {
            // Nobody is served from a Redis that is away, and the change tail will tell it of the deletion.
        }
        return new ConversationNotFoundException(conversationId);
    }

    /** Who was shown this end may not be shown an older one by the next read, though its append may still be under way. */
    private void tellCache(ConversationKey key, LogSlice read) {
        try {
            tail.note(read.epoch(), key, read.gen(), read.lastSeq());
        } catch (RedisAwayException e) {
            recent.add(key, read.gen(), read.lastSeq());
        }
    }

    private static Window window(LogSlice read, List<Message> messages, Slice slice, Source source) {
        return new Window(messages, read.epoch(), read.gen(), read.lastSeq(), slice.hasMore(read.lastSeq()), source);
    }
}
