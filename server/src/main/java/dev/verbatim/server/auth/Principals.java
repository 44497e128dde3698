package dev.verbatim.server.auth;

import dev.verbatim.Accounts;
import dev.verbatim.Accounts.Principal;
import dev.verbatim.OverloadedException;
import dev.verbatim.SecretHash;
import dev.verbatim.UnavailableException;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * Whom each secret stands for, kept in memory so that a request needs no query. What is kept is asked anew before it is
 * one second old, so that a key that was revoked anywhere ends here within a second. While PostgreSQL is away the last
 * answer counts on for a bounded time: reads go on then. Thread-safe.
 */
public final class Principals {
    /** From this age on an answer is asked anew, while it still counts. */
    private static final long REFRESH = Duration.ofMillis(400).toNanos();
    /** To this age an answer counts without asking. */
    private static final long FRESH = Duration.ofMillis(900).toNanos();
    /** To this age a good answer counts while PostgreSQL is away. */
    private static final long USABLE = Duration.ofMinutes(5).toNanos();

    /** How long a request waits for a new answer when there is an old one. */
    private static final long PATIENCE = Duration.ofMillis(700).toNanos();

    private static final int MOST_KEPT = 50_000;

    /** So many strangers at once are asked about: a flood of guesses leaves the connections to PostgreSQL to others. */
    private static final int STRANGERS_AT_ONCE = 4;

    private static final long STRANGERS_WAIT_MILLIS = 1_000;

    private record Known(Optional<Principal> principal, long askedAt) {}

    private final Accounts accounts;
    private final Map<SecretHash, Known> known = new ConcurrentHashMap<>();

    private record Asking(CompletableFuture<Known> answer, long since) {}

    private final Map<SecretHash, Asking> asking = new ConcurrentHashMap<>();
    private final Semaphore strangers = new Semaphore(STRANGERS_AT_ONCE, true);

    /** Asks {@code accounts}. */
    public Principals(Accounts accounts) {
        this.accounts = accounts;
    }

    /**
     * Whom a secret stands for; empty for one that is not known (any more).
     *
     * @throws UnavailableException when that is not known and cannot be asked
     * @throws OverloadedException when that is not known and too many others are being asked about
     */
    Optional<Principal> of(SecretHash secret) {
        @Nullable Known entry = known.get(secret);
        long age = entry == null ? Long.MAX_VALUE : System.nanoTime() - entry.askedAt();
        if (entry == null || age >= FRESH) {
            boolean usable = entry != null && age < USABLE && entry.principal().isPresent();
            return wait(ask(secret), usable ? entry : null).principal();
        }
        if (age >= REFRESH) {
            ask(secret);
        }
        return entry.principal();
    }

    /** Forgets one: it was voided here. */
    void forget(SecretHash secret) {
        asking.remove(secret);
        known.remove(secret);
    }

    /** Forgets all at once: something was revoked here, and it is not known which secret it was. */
    void forgetAll() {
        asking.clear();
        known.clear();
    }

    int size() {
        return known.size();
    }

    /** Waits for an answer; not long when there is a last one to go on with. */
    private static Known wait(Asking asking, @Nullable Known last) {
        try {
            if (last == null) {
                return asking.answer().get();
            }
            long left = PATIENCE - (System.nanoTime() - asking.since());
            return asking.answer().get(Math.max(0, left), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            return orUnavailable(last, e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof UnavailableException away) {
                return orUnavailable(last, away);
            }
            if (e.getCause() instanceof OverloadedException crowded) {
                throw crowded;
            }
            throw new IllegalStateException("asking who calls failed", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("the server is stopping", e);
        }
    }

    private static Known orUnavailable(@Nullable Known last, Exception failure) {
        if (last != null) {
            return last;
        }
        throw new UnavailableException("cannot find out who calls, as PostgreSQL is away; try again", failure);
    }

    /** One query at a time for a secret, on a thread of its own: who waits for it may give up, it goes on. */
    private Asking ask(SecretHash secret) {
        Asking mine = new Asking(new CompletableFuture<>(), System.nanoTime());
        @Nullable Asking others = asking.putIfAbsent(secret, mine);
        if (others != null) {
            return others;
        }
        Thread.startVirtualThread(() -> answer(secret, mine));
        return mine;
    }

    private void answer(SecretHash secret, Asking mine) {
        try {
            Known answer = inTurn(secret);
            if (mine.equals(asking.get(secret))) {
                keep(secret, answer);
            }
            mine.answer().complete(answer);
        } catch (RuntimeException | Error | InterruptedException e) {
            mine.answer().completeExceptionally(e);
        } finally {
            asking.remove(secret, mine);
        }
    }

    /** Who was known a moment ago need not wait behind those who were not. */
    private Known inTurn(SecretHash secret) throws InterruptedException {
        @Nullable Known last = known.get(secret);
        if (last != null && last.principal().isPresent()) {
            return asked(secret);
        }
        if (!strangers.tryAcquire(STRANGERS_WAIT_MILLIS, TimeUnit.MILLISECONDS)) {
            throw new OverloadedException("too many unknown keys are being looked up; try again in a second");
        }
        try {
            return asked(secret);
        } finally {
            strangers.release();
        }
    }

    private Known asked(SecretHash secret) {
        long now = System.nanoTime();
        return new Known(accounts.principal(secret), now);
    }

    /** Guesses by somebody who tries many secrets must not drive out those in use: they go first. */
    private void keep(SecretHash secret, Known answer) {
        if (known.size() >= MOST_KEPT) {
            long now = System.nanoTime();
            known.values().removeIf(k -> k.principal().isEmpty() || now - k.askedAt() > FRESH);
        }
        if (known.size() < MOST_KEPT || known.containsKey(secret)) {
            known.put(secret, answer);
        }
    }
}
