package dev.verbatim.server.auth;

import dev.verbatim.server.http.ApiException;
import java.security.SecureRandom;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and checks passwords with Argon2id. Few at a time, as each takes much memory: however many log in at once, the
 * memory is bounded. Thread-safe.
 */
public final class Passwords {
    /** With two iterations, what OWASP's Password Storage Cheat Sheet asks for at least. */
    private static final int MEMORY_KIB = 19_456;

    private static final int ITERATIONS = 2;
    private static final int LANES = 1;
    private static final int HASH_BYTES = 32;
    private static final int SALT_BYTES = 16;
    private static final int AT_ONCE = 4;
    private static final long LONGEST_WAIT_SECONDS = 10;

    /** How a password is checked against a hash: the costly part. */
    public interface Check {
        /** Whether {@code hash} is one of {@code password}. */
        boolean equal(String password, String hash);
    }

    private final Check check;
    private final int memoryKib;
    private final SecureRandom random = new SecureRandom();
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    /** What an unknown email's password is checked against, so that it takes as long as a known one's. */
    private final String nobodys;

    /** Hashes as strongly as is asked for today. */
    public Passwords() {
        this(MEMORY_KIB);
    }

    /** Hashes with {@code memoryKib} KiB of memory; checks with the parameters that each hash was made with. */
    public Passwords(int memoryKib) {
        this(
                memoryKib,
                (password, hash) -> PasswordHash.parse(hash)
                        .filter(one -> one.isOf(password))
                        .isPresent());
    }

    /** Hashes with {@code memoryKib} KiB of memory and checks with {@code check}. */
    public Passwords(int memoryKib, Check check) {
        this.check = check;
        this.memoryKib = memoryKib;
        this.nobodys = hash(Secrets.token());
    }

    /** The hash of a password, with its parameters and a new salt. */
    public String hash(String password) {
        byte[] salt = new byte[SALT_BYTES];
        random.nextBytes(salt);
        return inPlace(() -> PasswordHash.of(password, memoryKib, ITERATIONS, LANES, salt, HASH_BYTES)
                .text());
    }

    /** Whether the password is that of the hash; never, but as slowly, for no hash. */
    boolean matches(String password, @Nullable String hash) {
        String against = hash == null ? nobodys : hash;
        boolean equal = inPlace(() -> check.equal(password, against));
        return equal && hash != null;
    }

    private <T> T inPlace(Supplier<T> work) {
        try {
            if (!places.tryAcquire(LONGEST_WAIT_SECONDS, TimeUnit.SECONDS)) {
                throw ApiException.tooMany(1, "too many log-ins at once; try again");
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ApiException.tooMany(1, "the server is stopping; try again");
        }
        try {
            return work.get();
        } finally {
            places.release();
        }
    }
}
