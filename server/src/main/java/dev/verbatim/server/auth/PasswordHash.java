package dev.verbatim.server.auth;

import com.password4j.Argon2Function;
import com.password4j.types.Argon2;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.Base64;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * An Argon2id hash beside all that it was made with, written as the PHC string format says. The library's own text is not
 * used: it depends on the language of the machine, and one server must understand what another wrote. Immutable.
 */
final class PasswordHash {
    private static final Pattern TEXT = Pattern.compile("\\$argon2id\\$v=19"
            + "\\$m=([0-9]{1,9}),t=([0-9]{1,9}),p=([0-9]{1,9})\\$([A-Za-z0-9+/]+)\\$([A-Za-z0-9+/]+)");

    private static final int VERSION = 19;
    private static final Base64.Encoder BASE64 = Base64.getEncoder().withoutPadding();

    private final int memoryKib;
    private final int iterations;
    private final int lanes;
    private final byte[] salt;
    private final byte[] hash;

    private PasswordHash(int memoryKib, int iterations, int lanes, byte[] salt, byte[] hash) {
        this.memoryKib = memoryKib;
        this.iterations = iterations;
        this.lanes = lanes;
        this.salt = salt;
        this.hash = hash;
    }

    /**
     * The hash of {@code password}.
     *
     * @param memoryKib the memory it takes, in KiB
     * @param iterations how often that is gone over
     * @param lanes how much of it may go on side by side
     * @param salt what makes it unlike others of the same password
     * @param bytes its length
     */
    static PasswordHash of(String password, int memoryKib, int iterations, int lanes, byte[] salt, int bytes) {
        Argon2Function function = Argon2Function.getInstance(memoryKib, iterations, lanes, bytes, Argon2.ID, VERSION);
        byte[] hash =
                function.hash(password.getBytes(StandardCharsets.UTF_8), salt).getBytes();
        return new PasswordHash(memoryKib, iterations, lanes, salt, hash);
    }

    /** Empty when {@code text} is not one. */
    static Optional<PasswordHash> parse(String text) {
        Matcher parts = TEXT.matcher(text);
        return parts.matches()
                ? Optional.of(new PasswordHash(
                        Integer.parseInt(parts.group(1)),
                        Integer.parseInt(parts.group(2)),
                        Integer.parseInt(parts.group(3)),
                        Base64.getDecoder().decode(parts.group(4)),
                        Base64.getDecoder().decode(parts.group(5))))
                : Optional.empty();
    }

    /** Whether {@code password} has this hash; takes as long either way. */
    boolean isOf(String password) {
        return MessageDigest.isEqual(hash, of(password, memoryKib, iterations, lanes, salt, hash.length).hash);
    }

    /** As {@link #parse} reads it. */
    String text() {
        return "$argon2id$v=" + VERSION + "$m=" + memoryKib + ",t=" + iterations + ",p=" + lanes + "$"
                + BASE64.encodeToString(salt) + "$" + BASE64.encodeToString(hash);
    }
}
