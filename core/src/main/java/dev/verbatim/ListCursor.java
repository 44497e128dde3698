package dev.verbatim;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Base64;
import java.util.UUID;

/**
 * A place in a list of conversations, newest activity first: the conversation that was last on a page.
 *
 * @param updatedAt its last activity
 * @param id the UUID of its key, which decides between equal times
 */
public record ListCursor(Instant updatedAt, UUID id) implements Comparable<ListCursor> {
    /** Before the newest. */
    static final ListCursor START = new ListCursor(Instant.MAX, new UUID(-1, -1));

    private static final int MICROS = 1_000_000;

    /** Opaque to clients. */
    public String encode() {
        long micros = Math.addExact(
                Math.multiplyExact(updatedAt.getEpochSecond(), MICROS), (long) updatedAt.getNano() / 1_000);
        byte[] bytes = ByteBuffer.allocate(24)
                .putLong(micros)
                .putLong(id.getMostSignificantBits())
                .putLong(id.getLeastSignificantBits())
                .array();
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }

    /**
     * What {@link #encode} gave.
     *
     * @throws InvalidInputException when it gave no such thing
     */
    public static ListCursor decode(String text) {
        try {
            ByteBuffer bytes = ByteBuffer.wrap(Base64.getUrlDecoder().decode(text));
            if (bytes.remaining() == 24) {
                long micros = bytes.getLong();
                Instant time =
                        Instant.ofEpochSecond(Math.floorDiv(micros, MICROS), Math.floorMod(micros, MICROS) * 1_000L);
                return new ListCursor(time, new UUID(bytes.getLong(), bytes.getLong()));
            }
        } catch (IllegalArgumentException e) {
            throw notOurs();
        }
        throw notOurs();
    }

    private static InvalidInputException notOurs() {
        return new InvalidInputException("after", "after must be the \"next\" of a page of this list");
    }

    boolean isBefore(ListCursor other) {
        return compareTo(other) < 0;
    }

    /** Newest first. */
    @Override
    public int compareTo(ListCursor other) {
        int time = other.updatedAt.compareTo(updatedAt);
        return time != 0 ? time : ConversationKey.UNSIGNED.compare(other.id, id);
    }
}
