package dev.verbatim.server.importing;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts the list or the object that a JSON file is into its elements or members, holding one at a time. It looks at
 * brackets and quotes only: what stands in a piece is for others to read, so that one that is broken does not spoil those
 * that follow. {@link #next} goes to a piece, the other methods tell about it. For one thread.
 */
final class Pieces implements Cuts {
    private static final int END = -1;

    private final InputStream in;
    private final int longest;
    private final byte[] buffer = new byte[1 << 16];
    private int at;
    private int filled;
    private long before;

    private boolean begun;
    private boolean members;
    private long number;
    private long bytes;
    private byte[] name = {};
    private final ByteArrayOutputStream piece = new ByteArrayOutputStream();
    private long length;
    private int lastTaken;
    private @Nullable String fault;

    Pieces(InputStream in, int longest) {
        this.in = in;
        this.longest = longest;
    }

    /** The piece's number, from 1. */
    long number() {
        return number;
    }

    @Override
    public String at() {
        return "entry " + number;
    }

    @Override
    public long bytes() {
        return bytes;
    }

    /** A member's name with its quotes; empty for an element of a list. */
    byte[] name() {
        return name.clone();
    }

    @Override
    public byte @Nullable [] text() {
        return length <= longest ? piece.toByteArray() : null;
    }

    @Override
    public @Nullable String fault() {
        return fault;
    }

    @Override
    public boolean next() throws IOException {
        long start = before + at;
        if (!begun) {
            begin();
        }
        int first = skipTo();
        if (first == END || first == (members ? '}' : ']')) {
            end(first);
            return false;
        }
        number++;
        name = new byte[0];
        if (members && first == '"') {
            cut();
            name = piece.toByteArray();
            skipTo();
        }
        cut();
        bytes = before + at - start;
        return true;
    }

    /** Goes into the list or object, past a byte order mark. */
    private void begin() throws IOException {
        begun = true;
        int first = peek();
        while (first != END && first != '[' && first != '{') {
            at++;
            first = peek();
        }
        members = first == '{';
        at++;
    }

    private void end(int last) throws IOException {
        if (last == END) {
            fault = "the file ends in the middle";
            return;
        }
        at++;
        if (skipTo() != END) {
            fault = "there is something behind the end of the " + (members ? "object" : "list");
        }
    }

    /** The next byte that is neither white space nor divides pieces, not yet taken. */
    private int skipTo() throws IOException {
        int next = peek();
        while (next == ' ' || next == '\t' || next == '\r' || next == '\n' || next == ',' || next == ':') {
            at++;
            next = peek();
        }
        return next;
    }

    /** Takes one value: up to the bracket that closes it, the quote that ends it, or what stands behind it. */
    private void cut() throws IOException {
        piece.reset();
        length = 0;
        int depth = 0;
        int next = peek();
        do {
            if (next == '"') {
                cutString();
            } else {
                depth += next == '[' || next == '{' ? 1 : next == ']' || next == '}' ? -1 : 0;
                take();
            }
            next = peek();
        } while (next != END && (depth > 0 || isInside(next)));
    }

    /** Whether a value that is no list and no object goes on with this. */
    private boolean isInside(int next) {
        return lastTaken != '"' && lastTaken != ']' && lastTaken != '}' && ",:]} \t\r\n".indexOf(next) < 0;
    }

    private void cutString() throws IOException {
        take();
        for (int next = peek(); next != END; next = peek()) {
            take();
            if (next == '"') {
                return;
            }
            if (next == '\\' && peek() != END) {
                take();
            }
        }
    }

    private void take() {
        lastTaken = buffer[at++];
        if (++length <= longest) {
            piece.write(lastTaken);
        }
    }

    private int peek() throws IOException {
        if (at == filled && !fill()) {
            return END;
        }
        return buffer[at] & 0xFF;
    }

    private boolean fill() throws IOException {
        before += filled;
        at = 0;
        filled = Math.max(0, in.read(buffer));
        return filled > 0;
    }

    @Override
    public void close() throws IOException {
        in.close();
    }
}
