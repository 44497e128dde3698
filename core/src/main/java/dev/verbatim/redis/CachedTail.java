package dev.verbatim.redis;

import dev.verbatim.ConversationKey;
import dev.verbatim.Message;
import java.util.Arrays;
import java.util.List;

/**
 * What Redis held of one conversation when it was read: the unbroken run of messages {@code lo..hi} of generation
 * {@code gen}, and what must be there for it to be the newest. Lines are looked for only when they are asked for.
 * Immutable.
 */
public final class CachedTail {
    private final ConversationKey key;
    private final long epoch;
    private final Header header;
    private final byte[] value;

    CachedTail(ConversationKey key, long epoch, Header header, byte[] value) {
        this.key = key;
        this.epoch = epoch;
        this.header = header;
        this.value = value;
    }

    /** The epoch that was current when the entry was asked for, and is the entry's. */
    public long epoch() {
        return epoch;
    }

    /** The generation of the messages here; 0 without data. */
    public long gen() {
        return header.gen();
    }

    /** The number of the first message here; {@code hi + 1} when there is none. */
    public long lo() {
        return header.lo();
    }

    /** The number of the last message that is here or is known to be too large to be here. */
    public long hi() {
        return header.hi();
    }

    /** The generation that is known to be committed. */
    public long needGen() {
        return header.needGen();
    }

    /** The newest message of {@link #needGen} that is known to be committed. */
    public long needSeq() {
        return header.needSeq();
    }

    /** Whether {@code gen}, {@code lo} and {@code hi} say anything; an empty conversation has data too. */
    public boolean hasData() {
        return header.hasData();
    }

    /** How large the entry is, in bytes. */
    public int size() {
        return value.length;
    }

    /** Whether there is data and nobody who wrote to Redis knew of newer. */
    public boolean current() {
        return header.isCurrent();
    }

    /**
     * The messages {@code from..to}, in order; none when {@code to} is {@code from - 1}.
     *
     * @throws IllegalArgumentException when they are not all within {@code lo..hi}
     * @throws RedisAwayException when the entry's lines are not those its header names
     */
    public List<Message> messages(long from, long to) {
        if (!hasData() || from < lo() || to > hi() || to < from - 1) {
            throw new IllegalArgumentException(from + ".." + to + " is not within " + lo() + ".." + hi());
        }
        Message[] found = new Message[Math.toIntExact(to - from + 1)];
        int end = value.length;
        for (long seq = hi(); seq >= from; seq--) {
            int start = lineStart(end);
            if (seq <= to) {
                found[(int) (seq - from)] = Message.ofLine(seq, Arrays.copyOfRange(value, start, end - 1));
            }
            end = start;
        }
        return List.of(found);
    }

    /** Where the line that ends before {@code end} begins. */
    private int lineStart(int end) {
        int at = end - 1;
        if (at <= Header.LENGTH || value[at] != '\n') {
            throw new RedisAwayException("the cached entry of conversation " + key.id() + " is damaged", null);
        }
        return LineFeeds.lastBefore(value, at) + 1;
    }
}
