package dev.verbatim.testkit.history;

import java.nio.charset.StandardCharsets;

/** Takes the first members off a message's bytes, in the one order they may have. */
final class LineScanner {
    private final byte[] bytes;
    private int at;

    LineScanner(byte[] bytes) {
        this.bytes = bytes;
    }

    void skip(String expected) {
        for (int i = 0; i < expected.length(); i++, at++) {
            if (at >= bytes.length || bytes[at] != expected.charAt(i)) {
                throw unexpected(expected);
            }
        }
    }

    /** What follows {@code before} up to the next quote. */
    String text(String before) {
        skip(before);
        int from = at;
        while (at < bytes.length && bytes[at] != '"') {
            at++;
        }
        String text = new String(bytes, from, at - from, StandardCharsets.UTF_8);
        skip("\"");
        return text;
    }

    long number() {
        int from = at;
        long number = 0;
        while (at < bytes.length && at - from < 18 && bytes[at] >= '0' && bytes[at] <= '9') {
            number = number * 10 + bytes[at++] - '0';
        }
        if (at == from) {
            throw unexpected("a number");
        }
        return number;
    }

    long hashOfRest() {
        return Hashes.of(bytes, at);
    }

    private IllegalArgumentException unexpected(String expected) {
        return new IllegalArgumentException("not a message this can record: " + expected + " expected at byte " + at
                + " of " + new String(bytes, StandardCharsets.UTF_8));
    }
}
