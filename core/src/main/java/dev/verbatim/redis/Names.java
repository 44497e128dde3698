package dev.verbatim.redis;

import dev.verbatim.ConversationKey;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

/** What a conversation and its owner are called in Redis. */
final class Names {
    private static final byte[] BEGIN = "conversation:{".getBytes(StandardCharsets.US_ASCII);
    private static final int LENGTH = BEGIN.length + 36 + 1;

    private Names() {}

    /** The key of the entry, {@code conversation:{uuid}}. */
    static byte[] key(ConversationKey conversation) {
        byte[] name = new byte[LENGTH];
        System.arraycopy(BEGIN, 0, name, 0, BEGIN.length);
        long high = conversation.id().getMostSignificantBits();
        long low = conversation.id().getLeastSignificantBits();
        int at = group(name, BEGIN.length, high >>> 32, 8, '-');
        at = group(name, at, high >>> 16, 4, '-');
        at = group(name, at, high, 4, '-');
        at = group(name, at, low >>> 48, 4, '-');
        group(name, at, low, 12, '}');
        return name;
    }

    private static int group(byte[] name, int at, long bits, int digits, char end) {
        Digits.putHex(name, at, bits, digits);
        name[at + digits] = (byte) end;
        return at + digits + 1;
    }

    /**
     * 64 bits that tell owners apart. A second wall only: the key is made from the owner already, so nobody gains by
     * looking for two owners with the same bits, and a mix of the id's bits does.
     */
    static long fingerprint(UUID owner) {
        return mix(mix(owner.getMostSignificantBits()) + 0x9E3779B97F4A7C15L ^ owner.getLeastSignificantBits());
    }

    /** The finaliser of SplitMix64: each bit of the result depends on all of {@code bits}. */
    private static long mix(long bits) {
        long mixed = (bits ^ (bits >>> 30)) * 0xBF58476D1CE4E5B9L;
        mixed = (mixed ^ (mixed >>> 27)) * 0x94D049BB133111EBL;
        return mixed ^ (mixed >>> 31);
    }
}
