package dev.verbatim.server.importing.pickle;

import java.math.BigInteger;

/** Numbers as the protocols write them. */
final class Numbers {
    /** As long as a number may be in JSON. */
    private static final int MOST_DIGITS = 10_000;

    private static final int MOST_BYTES = 4_096;

    private Numbers() {}

    /** {@code 00} and {@code 01} are how protocol 0 writes truth. */
    static Object integer(String text) {
        return switch (text) {
            case "00" -> false;
            case "01" -> true;
            default -> decimal(text);
        };
    }

    static Object decimal(String text) {
        String digits = text.endsWith("L") ? text.substring(0, text.length() - 1) : text;
        if (digits.length() > MOST_DIGITS || !digits.matches("[-+]?[0-9]+")) {
            throw new PickleException("the pickle is broken: a number is none, or has over " + MOST_DIGITS + " digits");
        }
        return plain(new BigInteger(digits));
    }

    /** Two's complement, the lowest byte first. */
    static Object littleEndian(byte[] bytes) {
        if (bytes.length > MOST_BYTES) {
            throw new PickleException("a number of the pickle has over " + MOST_DIGITS + " digits");
        }
        byte[] reversed = new byte[bytes.length + 1];
        for (int i = 0; i < bytes.length; i++) {
            reversed[bytes.length - i] = bytes[i];
        }
        reversed[0] = (byte) (bytes.length > 0 && bytes[bytes.length - 1] < 0 ? -1 : 0);
        return plain(new BigInteger(reversed));
    }

    private static Object plain(BigInteger number) {
        return number.bitLength() < Long.SIZE ? (Object) number.longValue() : number;
    }

    /** As Python writes it, which is no hexadecimal and has no letter behind it. */
    static Object real(String text) {
        return switch (text) {
            case "inf" -> Double.POSITIVE_INFINITY;
            case "-inf" -> Double.NEGATIVE_INFINITY;
            case "nan" -> Double.NaN;
            default -> parse(text);
        };
    }

    private static Object parse(String text) {
        if (text.length() > 400
                || !text.matches("[-+]?[0-9]*\\.?[0-9]*([eE][-+]?[0-9]+)?")
                || !text.matches(".*[0-9].*")) {
            throw new PickleException("the pickle is broken: a number is none");
        }
        return Double.valueOf(text);
    }
}
