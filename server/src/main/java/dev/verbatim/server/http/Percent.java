package dev.verbatim.server.http;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Percent-encoding (RFC 3986), read strictly: what is not well formed is refused, not guessed at. */
public final class Percent {
    private static final String UNRESERVED = "-._~";
    private static final char[] HEX = "0123456789ABCDEF".toCharArray();

    private Percent() {}

    /**
     * Decodes {@code text}.
     *
     * @param param what errors call it
     * @param plusIsSpace whether {@code +} stands for a space, as in a query
     * @throws ApiException (400) for half an escape, for what is not ASCII, and for bytes that are not UTF-8
     */
    public static String decode(String param, String text, boolean plusIsSpace) {
        int at = firstSpecial(text, plusIsSpace);
        if (at == text.length()) {
            return text;
        }
        ByteArrayOutputStream out = new ByteArrayOutputStream(text.length());
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c <= ' ' || c > '~') {
                throw ApiException.invalid(param, param + " must be percent-encoded where it is not ASCII");
            } else if (c == '%') {
                out.write(escaped(param, text, i));
                i += 2;
            } else {
                out.write(c == '+' && plusIsSpace ? ' ' : c);
            }
        }
        return utf8(param, out.toByteArray());
    }

    /** Encodes all but letters, digits and {@code - . _ ~}: fit to be one segment of a path. */
    public static String encode(String text) {
        StringBuilder out = new StringBuilder(text.length() + 16);
        for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
            char c = (char) (b & 0xFF);
            if ((c >= 'a' && c <= 'z')
                    || (c >= 'A' && c <= 'Z')
                    || (c >= '0' && c <= '9')
                    || UNRESERVED.indexOf(c) >= 0) {
                out.append(c);
            } else {
                out.append('%').append(HEX[c >> 4]).append(HEX[c & 0xF]);
            }
        }
        return out.toString();
    }

    private static int firstSpecial(String text, boolean plusIsSpace) {
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '%' || c <= ' ' || c > '~' || (c == '+' && plusIsSpace)) {
                return i;
            }
        }
        return text.length();
    }

    private static int escaped(String param, String text, int at) {
        int high = at + 2 < text.length() ? Character.digit(text.charAt(at + 1), 16) : -1;
        int low = high < 0 ? -1 : Character.digit(text.charAt(at + 2), 16);
        if (low < 0) {
            throw ApiException.invalid(param, param + " has a % that is not followed by two hex digits; write it %25");
        }
        return high << 4 | low;
    }

    private static String utf8(String param, byte[] bytes) {
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (CharacterCodingException e) {
            throw ApiException.invalid(param, param + " is percent-encoded, but not as UTF-8");
        }
    }
}
