package dev.verbatim.server.importing.pickle;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/** The bytes of a pickle. What a length says is compared with what is left before anything is made. For one thread. */
final class PickleInput {
    private final InputStream in;
    private final Budget budget;
    private long left;
    private long at;

    /** Reads {@code in}, of which there are {@code size} bytes. */
    PickleInput(InputStream in, long size, Budget budget) {
        this.in = in;
        this.left = size;
        this.budget = budget;
    }

    /** How many bytes were taken. */
    long at() {
        return at;
    }

    int next() throws IOException {
        take(1);
        int next = in.read();
        if (next < 0) {
            throw cut();
        }
        return next;
    }

    /** A number of {@code size} bytes, at most 8, the lowest first, without a sign. */
    long number(int size) throws IOException {
        long number = 0;
        for (int i = 0; i < size; i++) {
            number |= (long) next() << (8 * i);
        }
        return number;
    }

    /** As many bytes as a number of {@code size} bytes before them says. */
    byte[] counted(int size) throws IOException {
        long length = number(size);
        return bytes(length);
    }

    byte[] bytes(long length) throws IOException {
        if (length < 0 || length > Integer.MAX_VALUE - 16) {
            throw cut();
        }
        take(length);
        // As bytes, and as text that is made of them.
        budget.spend(3 * length);
        byte[] bytes = in.readNBytes((int) length);
        if (bytes.length < length) {
            throw cut();
        }
        return bytes;
    }

    /** Up to the end of the line, without it. */
    byte[] line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int next = next(); next != '\n'; next = next()) {
            budget.spend(5);
            line.write(next);
        }
        byte[] bytes = line.toByteArray();
        int length = bytes.length > 0 && bytes[bytes.length - 1] == '\r' ? bytes.length - 1 : bytes.length;
        return length == bytes.length ? bytes : Arrays.copyOf(bytes, length);
    }

    String asciiLine() throws IOException {
        return new String(line(), StandardCharsets.ISO_8859_1);
    }

    private void take(long length) {
        if (length > left) {
            throw cut();
        }
        left -= length;
        at += length;
    }

    private PickleException cut() {
        return new PickleException("the pickle says that more follows than it holds, at byte " + at);
    }
}
