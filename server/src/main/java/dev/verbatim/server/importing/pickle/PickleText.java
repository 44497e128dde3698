package dev.verbatim.server.importing.pickle;

import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text as the protocols write it. */
final class PickleText {
    private PickleText() {}

    /** UTF-8, in which Python also writes half a surrogate pair, as three bytes. */
    static String utf8(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return withSurrogates(bytes);
        }
    }

    private static String withSurrogates(byte[] bytes) {
        StringBuilder text = new StringBuilder(bytes.length);
        int from = 0;
        for (int at = 0; at < bytes.length; at++) {
            if (isSurrogate(bytes, at)) {
                text.append(strict(bytes, from, at));
                text.append((char) (0xD000 | (bytes[at + 1] & 0x3F) << 6 | (bytes[at + 2] & 0x3F)));
                from = at + 3;
                at += 2;
            }
        }
        return text.append(strict(bytes, from, bytes.length)).toString();
    }

    private static boolean isSurrogate(byte[] bytes, int at) {
        return (bytes[at] & 0xFF) == 0xED
                && at + 2 < bytes.length
                && (bytes[at + 1] & 0xE0) == 0xA0
                && (bytes[at + 2] & 0xC0) == 0x80;
    }

    private static String strict(byte[] bytes, int from, int to) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes, from, to - from))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new PickleException("a text of the pickle is not UTF-8");
        }
    }

    /** Python 2's {@code str}: bytes that are text when they are UTF-8. */
    static Object oldString(byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            return new PickleValue.Unusable("bytes that are not UTF-8");
        }
    }

    /** Latin 1 with escapes of four or eight digits, which is how protocol 0 writes text. */
    static String rawUnicodeEscape(byte[] line) {
        String text = new String(line, StandardCharsets.ISO_8859_1);
        StringBuilder out = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            int digits = escapeDigits(text, at);
            if (digits == 0) {
                out.append(text.charAt(at));
            } else {
                out.appendCodePoint(codePoint(text, at + 2, digits));
                at += 1 + digits;
            }
        }
        return out.toString();
    }

    private static int escapeDigits(String text, int at) {
        if (text.charAt(at) != '\\' || at + 1 == text.length()) {
            return 0;
        }
        return switch (text.charAt(at + 1)) {
            case 'u' -> 4;
            case 'U' -> 8;
            default -> 0;
        };
    }

    static int codePoint(String text, int from, int digits) {
        String hex = from + digits <= text.length() ? text.substring(from, from + digits) : "";
        if (!hex.matches("[0-9a-fA-F]+")
                || !Character.isValidCodePoint((int) Math.min(Long.parseLong(hex, 16), Integer.MAX_VALUE))) {
            throw new PickleException("a text of the pickle has an escape that is none");
        }
        return Integer.parseInt(hex, 16);
    }

    /** A literal of Python 2: in quotes, bytes as escapes. */
    static Object literal(byte[] line) {
        int end = line.length - 1;
        if (end < 1 || (line[0] != '\'' && line[0] != '"') || line[0] != line[end]) {
            throw new PickleException("a text of the pickle has no quotes");
        }
        String text = new String(line, 1, end - 1, StandardCharsets.ISO_8859_1);
        StringBuilder out = new StringBuilder(text.length());
        for (int at = 0; at < text.length(); at++) {
            char c = text.charAt(at);
            if (c != '\\' || at + 1 == text.length()) {
                out.append(c);
            } else if (text.charAt(++at) == 'x') {
                out.append((char) codePoint(text, at + 1, 2));
                at += 2;
            } else {
                out.append(escaped(text.charAt(at)));
            }
        }
        return oldString(out.toString().getBytes(StandardCharsets.ISO_8859_1));
    }

    private static char escaped(char c) {
        return switch (c) {
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            default -> c;
        };
    }
}
