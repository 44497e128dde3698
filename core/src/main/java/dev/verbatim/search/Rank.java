package dev.verbatim.search;

import dev.verbatim.InvalidInputException;
import java.nio.ByteBuffer;
import java.util.Base64;
import java.util.Comparator;
import java.util.UUID;

/**
 * A place in what was found: the best first, then the newest. Follows from query and text alone, so that it stays the same
 * from page to page.
 *
 * @param score more is better
 * @param micros when it was said
 * @param conversation where, which decides between equal times
 * @param seq its number there
 */
record Rank(double score, long micros, UUID conversation, long seq) implements Comparable<Rank> {
    private static final int BYTES = 40;

    private static final Comparator<Rank> ORDER = Comparator.comparingDouble(Rank::score)
            .thenComparingLong(Rank::micros)
            .thenComparing(Rank::conversation)
            .thenComparingLong(Rank::seq)
            .reversed();

    String encode() {
        byte[] bytes = ByteBuffer.allocate(BYTES)
                .putDouble(score)
                .putLong(micros)
                .putLong(conversation.getMostSignificantBits())
                .putLong(conversation.getLeastSignificantBits())
                .putLong(seq)
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * What {@link #encode} gave.
     *
     * @throws InvalidInputException when it gave no such thing
     */
    static Rank decode(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == BYTES) {
                return new Rank(
                        bytes.getDouble(),
                        bytes.getLong(),
                        new UUID(bytes.getLong(), bytes.getLong()),
                        bytes.getLong());
            }
        } catch (IllegalArgumentException e) {
            throw notOurs();
        }
        throw notOurs();
    }

    private static InvalidInputException notOurs() {
        return new InvalidInputException("after", "after must be the \"next\" of a page of this search");
    }

    @Override
    public int compareTo(Rank other) {
        return ORDER.compare(this, other);
    }
}
