package dev.verbatim.server.http;

import java.util.ArrayList;
import java.util.List;

/** Raw paths: cut at each slash, nothing resolved, nothing decoded. */
final class Paths {
    private Paths() {}

    /** The segments of a path that begins with a slash; {@code /} has none. */
    static List<String> split(String path) {
        List<String> segments = new ArrayList<>(6);
        int from = 1;
        while (from <= path.length() && path.length() > 1) {
            int slash = path.indexOf('/', from);
            int to = slash < 0 ? path.length() : slash;
            segments.add(path.substring(from, to));
            from = to + 1;
        }
        return segments;
    }

    static boolean isVariable(String segment) {
        return segment.startsWith("{");
    }

    /** The name of a variable segment. */
    static String name(String segment) {
        return segment.substring(1, segment.length() - 1);
    }
}
