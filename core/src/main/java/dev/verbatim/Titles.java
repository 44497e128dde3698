package dev.verbatim;

import org.jspecify.annotations.Nullable;

/** Titles as they are stored, and the one made when nobody gave any. */
final class Titles {
    static final int LONGEST = 1_000;
    private static final int LONGEST_MADE = 50;

    private Titles() {}

    /** A given title: not too long, and without NUL and lone surrogates, which PostgreSQL cannot hold. */
    static @Nullable String check(@Nullable String title) {
        if (title != null && title.codePointCount(0, title.length()) > LONGEST) {
            throw new InvalidInputException("title", "title must have at most " + LONGEST + " characters");
        }
        if (title != null && !wellFormed(title).equals(title)) {
            throw new InvalidInputException("title", "title must not contain NUL or half a surrogate pair");
        }
        return title;
    }

    /** A title out of a first message: one line, at most fifty characters, cut at a word; null when nothing is left. */
    static @Nullable String fromText(String text) {
        String line = wellFormed(text).replaceAll("[\\s\\p{Cc}\\p{Z}]+", " ").strip();
        if (line.codePointCount(0, line.length()) > LONGEST_MADE) {
            String head = line.substring(0, line.offsetByCodePoints(0, LONGEST_MADE));
            boolean atWord = line.charAt(head.length()) == ' ';
            int space = head.lastIndexOf(' ');
            line = (atWord || space <= 0 ? head : head.substring(0, space)).strip();
        }
        return line.isEmpty() ? null : line;
    }

    /** NUL and lone surrogates become U+FFFD. */
    static String wellFormed(String text) {
        StringBuilder out = new StringBuilder(text.length());
        text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xFFFD : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
