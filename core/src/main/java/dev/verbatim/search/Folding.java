package dev.verbatim.search;

import java.lang.Character.UnicodeScript;
import java.text.Normalizer;

/**
 * How words are compared: without case, accents, points and forms of width, the same everywhere whatever the locale. A Turkish
 * dotless i is an i, and a sharp s two: who writes in capitals must find what was not.
 */
final class Folding {
    /** Words are told apart by so many characters at most. */
    static final int LONGEST_WORD = 64;

    private static final int VOICED = 0x3099;
    private static final int HALF_VOICED = 0x309A;

    private Folding() {}

    /** A run of letters, digits and marks; what is neither after the folding is left out. */
    static String word(String written) {
        String folded = isAscii(written) ? lower(written) : fold(written, false);
        return folded.codePointCount(0, folded.length()) <= LONGEST_WORD
                ? folded
                : folded.substring(0, folded.offsetByCodePoints(0, LONGEST_WORD));
    }

    /** A character that stands alone, with its marks of voice. */
    static String single(String written) {
        String folded = fold(written, true);
        return folded.isEmpty() ? written : folded;
    }

    static boolean isMark(int c) {
        int type = Character.getType(c);
        return type == Character.NON_SPACING_MARK || type == Character.COMBINING_SPACING_MARK;
    }

    /** A mark that makes another syllable of a kana, of full or of half width. */
    static boolean isVoicing(int c) {
        return c == VOICED || c == HALF_VOICED || c == 0xFF9E || c == 0xFF9F;
    }

    private static boolean isAscii(String text) {
        for (int i = 0; i < text.length(); i++) {
            if (text.charAt(i) >= 0x80) {
                return false;
            }
        }
        return true;
    }

    private static String lower(String ascii) {
        StringBuilder out = new StringBuilder(ascii.length());
        for (int i = 0; i < ascii.length(); i++) {
            char c = ascii.charAt(i);
            out.append(c >= 'A' && c <= 'Z' ? (char) (c + ('a' - 'A')) : c);
        }
        return out.toString();
    }

    private static String fold(String written, boolean symbols) {
        StringBuilder out = new StringBuilder(written.length());
        Normalizer.normalize(written, Normalizer.Form.NFKD).codePoints().forEach(c -> {
            if (!isDecoration(c) && (symbols ? !isBlank(c) : Character.isLetterOrDigit(c) || isMark(c))) {
                append(out, Character.toLowerCase(c));
            }
        });
        return Normalizer.normalize(out, Normalizer.Form.NFC);
    }

    private static boolean isBlank(int c) {
        return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == '\'' || c == '\\';
    }

    /** Accents, and the points of Arabic and Hebrew; not the marks that make another syllable. */
    private static boolean isDecoration(int c) {
        if (!isMark(c) || c == VOICED || c == HALF_VOICED) {
            return false;
        }
        UnicodeScript script = UnicodeScript.of(c);
        return script == UnicodeScript.INHERITED || script == UnicodeScript.HEBREW;
    }

    /** Letters that Unicode does not take apart, and people write without the stroke. */
    private static void append(StringBuilder out, int c) {
        switch (c) {
            case 'ß' -> out.append("ss");
            case 'æ' -> out.append("ae");
            case 'œ' -> out.append("oe");
            case 'ø' -> out.append('o');
            case 'ł' -> out.append('l');
            case 'đ' -> out.append('d');
            case 'ı' -> out.append('i');
            case 'ς' -> out.append('σ');
            default -> out.appendCodePoint(c);
        }
    }
}
