package dev.verbatim;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;

/**
 * SHA-256 of a secret: what is kept of API keys, log-in tokens and codes. Random secrets of 256 bits need no slower hash.
 * Four longs, so that it can be a key of a map.
 */
public record SecretHash(long first, long second, long third, long fourth) {
    /** The hash of a secret. */
    public static SecretHash of(String secret) {
        ByteBuffer hash = ByteBuffer.wrap(sha256().digest(secret.getBytes(StandardCharsets.UTF_8)));
        return new SecretHash(hash.getLong(), hash.getLong(), hash.getLong(), hash.getLong());
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }

    /** The 32 bytes. */
    public byte[] bytes() {
        return ByteBuffer.allocate(4 * Long.BYTES)
                .putLong(first)
                .putLong(second)
                .putLong(third)
                .putLong(fourth)
                .array();
    }

    /** Nothing of it. */
    @Override
    public String toString() {
        return "SecretHash";
    }
}
