package dev.verbatim;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;
import tools.jackson.core.JsonParser;

/**
 * A stored message: the bytes of its one line of JSON, made once when it was written, and what the line begins with. Two
 * messages are equal when their bytes are. Immutable; {@link #bytes} must not be changed by who gets it.
 */
public final class Message {
    private record Head(String id, Instant createdAt, String role) {}

    private final long seq;
    private final byte[] line;

    /** Read from the line only when somebody asks; a race reads it twice, to the same end. */
    private volatile @Nullable Head head;

    private Message(long seq, byte[] line, @Nullable Head head) {
        this.seq = seq;
        this.line = line;
        this.head = head;
    }

    Message(String id, long seq, Instant createdAt, String role, byte[] line) {
        this(seq, line, new Head(id, createdAt, role));
    }

    /** Message {@code seq} out of a line as {@link MessageRow#toMessage} makes it. */
    public static Message ofLine(long seq, byte[] line) {
        return new Message(seq, line, null);
    }

    private Head head() {
        Head known = head;
        if (known == null) {
            known = readHead();
            head = known;
        }
        return known;
    }

    private Head readHead() {
        try (JsonParser parser = Json.parser(line, 0, line.length)) {
            parser.nextToken();
            String id = nextValue(parser);
            nextValue(parser);
            Instant createdAt = Instant.parse(nextValue(parser));
            return new Head(id, createdAt, nextValue(parser));
        }
    }

    private static String nextValue(JsonParser parser) {
        parser.nextToken();
        parser.nextToken();
        return parser.getString();
    }

    /** The id the application brought or that was made here; unique in its conversation. */
    public String id() {
        return head().id();
    }

    /** Its place in the conversation: 1, 2, 3 and so on. */
    public long seq() {
        return seq;
    }

    /** When it was said: as brought, or when it was stored. */
    public Instant createdAt() {
        return head().createdAt();
    }

    /** Who said it. */
    public String role() {
        return head().role();
    }

    /** The whole message as one line of JSON. */
    public String json() {
        return new String(line, StandardCharsets.UTF_8);
    }

    /** {@link #json} in UTF-8, without a line end; shared, not to be changed. */
    public byte[] bytes() {
        return line;
    }

    @Override
    public boolean equals(@Nullable Object other) {
        return other instanceof Message that && Arrays.equals(line, that.line);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(line);
    }

    @Override
    public String toString() {
        return json();
    }
}
