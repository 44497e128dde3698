package dev.verbatim.redis;

import java.nio.charset.StandardCharsets;

/** Numbers as sixteen digits: decimal ones, padded, compare as text like the numbers; hexadecimal ones hold 64 bits. */
final class Digits {
    static final int WIDTH = 16;

    /** The largest number that Lua and JSON hold exactly. */
    private static final long MAX = 1L << 53;

    private static final byte[] HEX = "0123456789abcdef".getBytes(StandardCharsets.US_ASCII);

    private Digits() {}

    static void putDecimal(byte[] target, int at, long number) {
        if (number < 0 || number > MAX) {
            throw new IllegalArgumentException("a number from 0 to 2^53 is needed, not " + number);
        }
        long rest = number;
        for (int i = at + WIDTH - 1; i >= at; i--) {
            target[i] = (byte) ('0' + rest % 10);
            rest /= 10;
        }
    }

    static byte[] decimal(long number) {
        byte[] digits = new byte[WIDTH];
        putDecimal(digits, 0, number);
        return digits;
    }

    /** The number at {@code at}, or -1 when other than digits stand there. */
    static long decimalAt(byte[] source, int at) {
        long number = 0;
        for (int i = at; i < at + WIDTH; i++) {
            int digit = source[i] - '0';
            if (digit < 0 || digit > 9) {
                return -1;
            }
            number = number * 10 + digit;
        }
        return number;
    }

    static void putHex(byte[] target, int at, long bits) {
        putHex(target, at, bits, WIDTH);
    }

    /** The lowest {@code digits} hexadecimal digits of {@code bits}. */
    static void putHex(byte[] target, int at, long bits, int digits) {
        long rest = bits;
        for (int i = at + digits - 1; i >= at; i--) {
            target[i] = HEX[(int) (rest & 15)];
            rest >>>= 4;
        }
    }

    static byte[] hex(long bits) {
        byte[] digits = new byte[WIDTH];
        putHex(digits, 0, bits);
        return digits;
    }

    static boolean isHexAt(byte[] source, int at, long bits) {
        long rest = bits;
        for (int i = at + WIDTH - 1; i >= at; i--) {
            if (source[i] != HEX[(int) (rest & 15)]) {
                return false;
            }
            rest >>>= 4;
        }
        return true;
    }
}
