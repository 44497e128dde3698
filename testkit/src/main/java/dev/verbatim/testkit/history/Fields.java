package dev.verbatim.testkit.history;

import java.util.function.UnaryOperator;

/** The fields of one line of a recorded history, from left to right. */
final class Fields {
    private final String line;
    private final UnaryOperator<String> names;
    private int at;

    /**
     * Begins at the left.
     *
     * @param names gives the one string that is kept for all equal ones
     */
    Fields(String line, UnaryOperator<String> names) {
        this.line = line;
        this.names = names;
    }

    String next() {
        if (at >= line.length()) {
            throw new IllegalArgumentException("a field is missing at its end");
        }
        int end = end();
        String field = line.substring(at, end);
        at = end + 1;
        return field;
    }

    private int end() {
        int end = line.indexOf(' ', at);
        return end < 0 ? line.length() : end;
    }

    String name() {
        return names.apply(next());
    }

    long number() {
        int from = at;
        int end = end();
        at = end + 1;
        return Long.parseLong(line, Math.min(from, end), end, 10);
    }

    int count() {
        return Math.toIntExact(number());
    }

    long hash() {
        return Long.parseUnsignedLong(next(), 16);
    }

    boolean flag() {
        return Boolean.parseBoolean(next());
    }

    void end(String what) {
        if (at < line.length()) {
            throw new IllegalArgumentException("there is more than " + what + " in it");
        }
    }
}
