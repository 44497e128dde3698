package dev.verbatim.server.chat;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.Queue;
import org.jspecify.annotations.Nullable;

/**
 * Server-sent events out of a byte stream: the {@code data} of each event. Lines end with LF, CR or CRLF, comments and
 * other fields are skipped, several data lines become one text. Bytes may be cut anywhere. Used by one thread.
 */
final class SseReader {
    private static final byte[] DATA = "data".getBytes(StandardCharsets.US_ASCII);
    private static final byte[] BYTE_ORDER_MARK = {(byte) 0xEF, (byte) 0xBB, (byte) 0xBF};

    private final int limit;
    private final Queue<byte[]> events = new ArrayDeque<>();
    private final ByteArrayOutputStream line = new ByteArrayOutputStream();
    private @Nullable ByteArrayOutputStream data;
    private boolean firstLine = true;
    private boolean afterCr;

    /** Refuses an event of more than {@code limit} bytes. */
    SseReader(int limit) {
        this.limit = limit;
    }

    /** Takes the next bytes of the stream. */
    void feed(byte[] bytes) {
        for (byte b : bytes) {
            if (b == '\n' && afterCr) {
                afterCr = false;
            } else if (b == '\n' || b == '\r') {
                afterCr = b == '\r';
                endLine();
            } else {
                afterCr = false;
                line.write(b);
                checkSize();
            }
        }
    }

    /** The stream has ended: a last line without its end counts, as some servers leave it out. */
    void end() {
        endLine();
        endLine();
    }

    /** The data of the next whole event, or null when more bytes are needed. */
    byte @Nullable [] poll() {
        return events.poll();
    }

    private void endLine() {
        byte[] text = withoutMark(line.toByteArray());
        line.reset();
        if (text.length == 0) {
            dispatch();
        } else {
            takeField(text);
        }
    }

    private byte[] withoutMark(byte[] text) {
        boolean marked = firstLine && startsWith(text, BYTE_ORDER_MARK);
        firstLine = false;
        return marked ? Arrays.copyOfRange(text, BYTE_ORDER_MARK.length, text.length) : text;
    }

    private void dispatch() {
        if (data != null) {
            events.add(data.toByteArray());
            data = null;
        }
    }

    private void takeField(byte[] text) {
        int value = DATA.length;
        if (!startsWith(text, DATA) || (text.length > value && text[value] != ':')) {
            return;
        }
        if (data == null) {
            data = new ByteArrayOutputStream();
        } else {
            data.write('\n');
        }
        int from = text.length > value + 1 && text[value + 1] == ' ' ? value + 2 : Math.min(value + 1, text.length);
        data.write(text, from, text.length - from);
    }

    private void checkSize() {
        if (line.size() + (data == null ? 0 : data.size()) > limit) {
            throw ModelException.failed("the model sent a line that is too long");
        }
    }

    private static boolean startsWith(byte[] text, byte[] start) {
        return text.length >= start.length && Arrays.equals(text, 0, start.length, start, 0, start.length);
    }
}
