package dev.verbatim.server.auth;

import com.password4j.Argon2Function;
import com.password4j.Password;
import com.password4j.types.Argon2;
import dev.verbatim.server.http.ApiException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Hashes and checks passwords with Argon2id. Few at a time, as each takes much memory: however many log in at once, the
 * memory is bounded. Thread-safe.
 */
public final class Passwords {
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
    private final Argon2Function argon2 =
            Argon2Function.getInstance(MEMORY_KIB, ITERATIONS, LANES, HASH_BYTES, Argon2.ID);
    private final Semaphore places = new Semaphore(AT_ONCE, true);

    /** What an unknown email's password is checked against, so that it takes as long as a known one's. */
    private final String nobodys = hash(Secrets.token());

    /** Checks with the parameters that each hash was made with. */
    public Passwords() {
        this((password, hash) -> Password.check(password, hash).with(Argon2Function.getInstanceFromHash(hash)));
    }

    /** Checks with {@code check}. */
    public Passwords(Check check) {
        this.check = check;
    }

    /** The hash of a password, with its parameters and a new salt. */
    public String hash(String password) {
        return inPlace(() ->
                Password.hash(password).addRandomSalt(SALT_BYTES).with(argon2).getResult());
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
