package dev.verbatim.redis;

import dev.verbatim.Commit;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryConfig;
import dev.verbatim.Message;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What tests of {@link RedisTail} share: one on a real Redis, with time enough for a machine that is busy. */
abstract class TailTest {
    static final Duration TTL = Duration.ofMinutes(10);
    static final int WINDOW = 8;

    final AtomicLong epoch = new AtomicLong(RawRedis.EPOCH);
    final ConversationKey key = RawRedis.newKey();
    RawRedis redis;
    RedisTail tail;

    @BeforeEach
    void connect() {
        redis = new RawRedis();
        tail = connect(RawRedis.URL, Duration.ofSeconds(10));
    }

    @AfterEach
    void disconnect() {
        tail.close();
        redis.sync().del(Names.key(key));
        redis.close();
    }

    RedisTail connect(String url, Duration timeout) {
        HistoryConfig defaults = HistoryConfig.of("postgresql://unused", url);
        HistoryConfig config = new HistoryConfig(
                defaults.databaseUrl(),
                url,
                TTL,
                WINDOW,
                defaults.maxConnections(),
                defaults.lanes(),
                timeout,
                defaults.databaseTimeout(),
                defaults.lockTimeout(),
                defaults.retentionDays());
        RedisTail connected = RedisTail.connect(config, epoch::get);
        isTrusted(connected);
        return connected;
    }

    /** Whether it is trusted, after asking Redis who it is if that has to be asked. */
    static boolean isTrusted(RedisTail tail) {
        try {
            tail.compare((processes, known) -> true);
        } catch (RedisAwayException e) {
            return false;
        }
        return tail.isTrusted();
    }

    CachedTail cached(ConversationKey conversation) {
        return cached(tail, conversation);
    }

    /** What is cached of a conversation of which something must be. */
    static CachedTail cached(RedisTail tail, ConversationKey conversation) {
        return Objects.requireNonNull(tail.read(conversation), "nothing is cached");
    }

    boolean fill(long gen, List<Message> lines) {
        return fill(key, gen, lines);
    }

    /** Leases and fills with lines that begin with number 1. */
    boolean fill(ConversationKey conversation, long gen, List<Message> lines) {
        return tail.lease(conversation, 7, Duration.ofMinutes(1)).granted()
                && tail.fill(epoch.get(), conversation, 7, gen, 1, lines.size(), lines);
    }

    static Commit commit(ConversationKey key, long gen, long from, long to) {
        return new Commit(key, RawRedis.EPOCH, gen, from, to, RawRedis.messages(from, to));
    }
}
