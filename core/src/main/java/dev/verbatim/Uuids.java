package dev.verbatim;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.UUID;

/** Name-based (version 5) and time-ordered (version 7) UUIDs of RFC 9562. */
final class Uuids {
    private static final MessageDigest SHA_1 = newSha1();
    private static final VarHandle BIG_ENDIAN =
            MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.BIG_ENDIAN);
    private static final long VERSION_BITS = 0xf000L;
    private static final long VERSION_5 = 0x5000L;
    private static final long VARIANT_BITS = 0xc000_0000_0000_0000L;
    private static final long VARIANT = 0x8000_0000_0000_0000L;

    /** The name space of owners; itself made from the project's domain in RFC 9562's DNS name space. */
    static final UUID USER_SPACE = sha1(UUID.fromString("6ba7b810-9dad-11d1-80b4-00c04fd430c8"), "users.verbatim.dev");

    private static final TimeBasedEpochGenerator TIME_ORDERED = Generators.timeBasedEpochGenerator();

    private Uuids() {}

    static UUID timeOrdered() {
        return TIME_ORDERED.generate();
    }

    /** The UUID of two names in {@code space}; a NUL between them, which no name contains, keeps pairs apart. */
    static UUID nameBased(UUID space, String first, String second) {
        return sha1(space, first + '\0' + second);
    }

    static UUID nameBased(UUID space, String name) {
        return sha1(space, name);
    }

    /** Version 5 as RFC 9562, section 5.5, makes it; written out, for every call of the store needs one or two. */
    private static UUID sha1(UUID space, String name) {
        byte[] named = name.getBytes(StandardCharsets.UTF_8);
        byte[] all = new byte[2 * Long.BYTES + named.length];
        BIG_ENDIAN.set(all, 0, space.getMostSignificantBits());
        BIG_ENDIAN.set(all, Long.BYTES, space.getLeastSignificantBits());
        System.arraycopy(named, 0, all, 2 * Long.BYTES, named.length);
        byte[] hash = digest(all);
        long high = (long) BIG_ENDIAN.get(hash, 0);
        long low = (long) BIG_ENDIAN.get(hash, Long.BYTES);
        return new UUID((high & ~VERSION_BITS) | VERSION_5, (low & ~VARIANT_BITS) | VARIANT);
    }

    /** A copy of an unused one: to look for who provides it takes longer than the hash. */
    private static byte[] digest(byte[] all) {
        try {
            return ((MessageDigest) SHA_1.clone()).digest(all);
        } catch (CloneNotSupportedException e) {
            return newSha1().digest(all);
        }
    }

    private static MessageDigest newSha1() {
        try {
            return MessageDigest.getInstance("SHA-1");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-1", e);
        }
    }
}
