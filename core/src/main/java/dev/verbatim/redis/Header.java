package dev.verbatim.redis;

import org.jspecify.annotations.Nullable;

/**
 * What an entry begins with: 158 bytes of ASCII, fields of fixed width with a space between, a line feed at the end.
 * Numbers are padded to 16 digits, so that two of them, and two pairs, compare as text.
 *
 * <pre>
 *   0  v1                 format version
 *   3  16 hex digits      epoch
 *  20  16 hex digits      the owner's fingerprint
 *  37  16 digits          gen
 *  54  16 digits          lo
 *  71  16 digits          hi
 *  88  16 + 1 + 16        need: gen and seq
 * 122  0 or 1             whether there is data
 * 124  16 hex digits      the lease's token, zero for nobody's
 * 141  16 digits          when the lease ends, milliseconds since 1970 by Redis' clock
 * </pre>
 *
 * @param gen the generation of what is here
 * @param lo the first message here
 * @param hi the last message here; {@code lo - 1} when there is none
 * @param needGen the generation somebody knows to be committed
 * @param needSeq the newest message of {@link #needGen} somebody knows to be committed
 * @param hasData whether the run {@code lo..hi} says anything
 */
record Header(long gen, long lo, long hi, long needGen, long needSeq, boolean hasData) {
    static final int LENGTH = 158;

    private static final int EPOCH = 3;
    private static final int OWNER = 20;
    private static final int GEN = 37;
    private static final int LO = 54;
    private static final int HI = 71;
    private static final int NEED_GEN = 88;
    private static final int NEED_SEQ = 105;
    private static final int DATA = 122;
    private static final int TOKEN = 124;

    /** Everything before {@code gen}: what an entry must begin with to be one of this format, epoch and owner. */
    static byte[] identity(long epoch, long fingerprint) {
        byte[] identity = new byte[GEN];
        identity[0] = 'v';
        identity[1] = '1';
        identity[EPOCH - 1] = ' ';
        Digits.putHex(identity, EPOCH, epoch);
        identity[OWNER - 1] = ' ';
        Digits.putHex(identity, OWNER, fingerprint);
        identity[GEN - 1] = ' ';
        return identity;
    }

    /** Reads the header of {@code value}; null when it is of another format, epoch or owner, or damaged. */
    static @Nullable Header read(byte[] value, long epoch, long fingerprint) {
        if (value.length < LENGTH || !isOf(value, epoch, fingerprint)) {
            return null;
        }
        Header header = new Header(
                Digits.decimalAt(value, GEN),
                Digits.decimalAt(value, LO),
                Digits.decimalAt(value, HI),
                Digits.decimalAt(value, NEED_GEN),
                Digits.decimalAt(value, NEED_SEQ),
                value[DATA] == '1');
        return header.isSound() ? header : null;
    }

    private static boolean isOf(byte[] value, long epoch, long fingerprint) {
        return value[0] == 'v'
                && value[1] == '1'
                && value[EPOCH - 1] == ' '
                && Digits.isHexAt(value, EPOCH, epoch)
                && Digits.isHexAt(value, OWNER, fingerprint)
                && value[LENGTH - 1] == '\n';
    }

    private boolean isSound() {
        boolean numbers = gen >= 0 && lo >= 0 && needGen >= 0 && needSeq >= 0;
        return numbers && (hasData ? lo >= 1 && hi >= lo - 1 : hi >= 0);
    }

    /** Whether the lease in the header of {@code value} is the one of {@code token}. */
    static boolean isLeasedTo(byte[] value, long token) {
        return Digits.isHexAt(value, TOKEN, token);
    }

    /** Whether what is here is all that anybody knows to be committed. */
    boolean isCurrent() {
        return hasData && (gen > needGen || (gen == needGen && hi >= needSeq));
    }
}
