package dev.verbatim.server.auth;

import java.security.SecureRandom;
import java.util.Base64;

/** Makes secrets that cannot be guessed: 256 random bits behind a prefix that says what it is. */
public final class Secrets {
    /** How much of a key is kept to recognise it by: the prefix and a few characters. */
    private static final int KEPT = 10;

    private static final int BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    private Secrets() {}

    /** A new API key. */
    public static String key() {
        return "vbt_" + random();
    }

    static String token() {
        return "vbl_" + random();
    }

    /** A new one-time code. */
    public static String code() {
        return "vbc_" + random();
    }

    /** What is shown of a key later on. */
    public static String prefix(String key) {
        return key.substring(0, KEPT);
    }

    private static String random() {
        byte[] bytes = new byte[BYTES];
        RANDOM.nextBytes(bytes);
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
