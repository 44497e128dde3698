package dev.verbatim;

import java.time.Instant;
import java.util.OptionalLong;
import java.util.UUID;

/**
 * The ids of messages that came without one: version 7 UUIDs (RFC 9562) that follow from the message's conversation,
 * number and time. So they need no column and no index, and an id tells its own {@code seq}.
 *
 * <p>Layout: 48 bits of milliseconds; version; 12 bits of the conversation's UUID; variant; 40 bits of seq; 22 more bits
 * of the conversation's UUID.
 */
public final class MadeIds {
    private static final int TAIL_BITS = 22;
    private static final long SEQ_MASK = (1L << 40) - 1;
    private static final long TAIL_MASK = (1L << TAIL_BITS) - 1;
    private static final long HEAD_MASK = 0xFFF;

    private MadeIds() {}

    /** The id of message {@code seq} of {@code conversation}, said at {@code createdAt}. */
    static UUID of(UUID conversation, long seq, Instant createdAt) {
        long high = createdAt.toEpochMilli() << 16 | 0x7000 | (conversation.getMostSignificantBits() & HEAD_MASK);
        long low = 1L << 63 | (seq & SEQ_MASK) << TAIL_BITS | (conversation.getLeastSignificantBits() & TAIL_MASK);
        return new UUID(high, low);
    }

    /** The seq an id would have if it was made here for {@code conversation}; empty when it surely was not. */
    public static OptionalLong seqOf(UUID conversation, String id) {
        if (id.length() != 36 || id.charAt(14) != '7') {
            return OptionalLong.empty();
        }
        try {
            UUID uuid = UUID.fromString(id);
            long seq = uuid.getLeastSignificantBits() >>> TAIL_BITS & SEQ_MASK;
            Instant time = Instant.ofEpochMilli(uuid.getMostSignificantBits() >> 16);
            return of(conversation, seq, time).toString().equals(id) ? OptionalLong.of(seq) : OptionalLong.empty();
        } catch (IllegalArgumentException e) {
            return OptionalLong.empty();
        }
    }
}
