package dev.verbatim.redis;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/** Finds line feeds eight bytes at a time: cutting an entry into lines is most of what a read does by itself. */
final class LineFeeds {
    private static final VarHandle EIGHT = MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
    private static final long ALL = 0x0a0a0a0a0a0a0a0aL;
    private static final long LOW_BITS = 0x7f7f7f7f7f7f7f7fL;

    private LineFeeds() {}

    /** Where the last one before {@code end} is; -1 when there is none. */
    static int lastBefore(byte[] bytes, int end) {
        int at = end;
        while (at >= Long.BYTES) {
            long found = found((long) EIGHT.get(bytes, at - Long.BYTES));
            if (found != 0) {
                return at - 1 - Long.numberOfLeadingZeros(found) / Byte.SIZE;
            }
            at -= Long.BYTES;
        }
        while (at > 0 && bytes[at - 1] != '\n') {
            at--;
        }
        return at - 1;
    }

    /**
     * The highest bit of each byte that is a line feed, and no other bit: a byte's low bits cannot carry into the next one.
     * "Determine if a word has a zero byte", the exact form, in S. E. Anderson's Bit Twiddling Hacks.
     */
    private static long found(long eight) {
        long zeros = eight ^ ALL;
        return ~(((zeros & LOW_BITS) + LOW_BITS) | zeros | LOW_BITS);
    }
}
