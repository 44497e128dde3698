package dev.verbatim.testkit.history;

import java.util.zip.CRC32;
import java.util.zip.CRC32C;

/** 64 bits for a message's bytes: two checks whose polynomials share no factor, both done by the processor. */
final class Hashes {
    private Hashes() {}

    static long of(byte[] bytes, int from) {
        CRC32 first = new CRC32();
        CRC32C second = new CRC32C();
        first.update(bytes, from, bytes.length - from);
        second.update(bytes, from, bytes.length - from);
        return first.getValue() << 32 | second.getValue();
    }
}
