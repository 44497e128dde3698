package dev.verbatim.server.pages;

import java.util.Locale;
import java.util.stream.Stream;

/** Reads what a browser says it takes or has. */
final class Accepted {
    private Accepted() {}

    /** Whether {@code Accept-Encoding} names gzip, and not to refuse it. */
    static boolean gzip(String header) {
        return list(header)
                .map(entry -> entry.toLowerCase(Locale.ROOT).replace(" ", ""))
                .anyMatch(entry -> entry.equals("gzip") || (entry.startsWith("gzip;q=") && !isZero(entry)));
    }

    /** Whether {@code If-None-Match} names {@code tag}. */
    static boolean isKnown(String header, String tag) {
        return list(header).anyMatch(entry -> entry.equals("*") || entry.equals(tag) || entry.equals("W/" + tag));
    }

    private static boolean isZero(String entry) {
        return entry.substring(entry.indexOf('=') + 1).chars().allMatch(c -> c == '0' || c == '.');
    }

    private static Stream<String> list(String header) {
        return Stream.of(header.split(",", -1)).map(String::strip);
    }
}
