package dev.verbatim.redis;

import dev.verbatim.Commit;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryConfig;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;

/** What the tests of single scripts share: a real Redis, one conversation, and each script in one word. */
abstract class ScriptTest {
    static final Duration TTL = Duration.ofMinutes(10);
    static final int WINDOW = 8;

    final EntryLimits limits = new EntryLimits(HistoryConfig.of("postgresql://unused", RawRedis.URL)
            .withRedisTtl(TTL)
            .withWindowMessages(WINDOW));
    final ConversationKey key = RawRedis.newKey();
    RawRedis redis;

    private final LeaseScript lease = new LeaseScript(limits);
    private final FillScript fill = new FillScript(limits);
    private final ApplyScript apply = new ApplyScript(limits);
    private final NoteScript note = new NoteScript();

    @BeforeEach
    void connect() {
        redis = new RawRedis();
    }

    @AfterEach
    void disconnect() {
        redis.sync().del(Names.key(key));
        redis.close();
    }

    boolean lease(long token) {
        return lease(token, 60_000);
    }

    boolean lease(long token, long millis) {
        return Header.isLeasedTo(
                redis.run(r -> lease.run(r, Names.key(key), RawRedis.identity(key), token, millis)), token);
    }

    boolean fill(long token, long gen, long lo, long hi) {
        return redis.run(r ->
                        fill.run(r, Names.key(key), RawRedis.identity(key), token, gen, hi, RawRedis.messages(lo, hi)))
                == 1;
    }

    /** An entry with messages {@code lo..hi} of {@code gen}, nothing else known. */
    void filled(long gen, long lo, long hi) {
        lease(99);
        fill(99, gen, lo, hi);
    }

    long apply(long gen, long from, long to) {
        return apply(new Commit(key, RawRedis.EPOCH, gen, from, to, RawRedis.messages(from, to)));
    }

    long applyWithoutLines(long gen, long from, long to) {
        return apply(new Commit(key, RawRedis.EPOCH, gen, from, to, List.of()));
    }

    long apply(Commit commit) {
        return redis.run(r -> apply.run(r, Names.key(key), RawRedis.identity(key), commit));
    }

    long note(long gen, long seq) {
        return redis.run(r -> note.run(r, Names.key(key), RawRedis.identity(key), gen, seq));
    }

    void makeForeign(String header) {
        redis.sync().set(Names.key(key), (header + "\n").getBytes(StandardCharsets.US_ASCII));
    }
}
