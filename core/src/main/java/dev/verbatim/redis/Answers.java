package dev.verbatim.redis;

import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.LongUnaryOperator;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Waits for Redis; whatever comes instead of an answer is a {@link RedisAwayException}. */
final class Answers {
    private Answers() {}

    /** Waits for {@code sent} until {@link System#nanoTime} is {@code deadline}, and ends it then. */
    static <T extends @Nullable Object> T await(CompletableFuture<T> sent, long deadline) {
        return givingUp(sent, () -> await(sent, deadline, last -> last));
    }

    /** Ends {@code sent} when it was waited for in vain, so that its breaker hears of it. */
    static <T extends @Nullable Object> T givingUp(CompletableFuture<T> sent, Supplier<T> waiting) {
        try {
            return waiting.get();
        } catch (RedisAwayException e) {
            if (e.getCause() instanceof TimeoutException) {
                sent.cancel(false);
            }
            throw e;
        }
    }

    /**
     * Waits for {@code sent}, which goes on when that was in vain.
     *
     * @param deadline as {@link System#nanoTime}
     * @param extension gives the next deadline after one has passed: a past one ends the waiting
     */
    static <T extends @Nullable Object> T await(CompletableFuture<T> sent, long deadline, LongUnaryOperator extension) {
        try {
            return get(sent, deadline, extension);
        } catch (TimeoutException e) {
            throw new RedisAwayException("Redis did not answer in time", e);
        } catch (ExecutionException e) {
            if (e.getCause() instanceof RedisAwayException away) {
                throw away;
            }
            throw new RedisAwayException("Redis did not do what it was asked", e.getCause());
        } catch (CancellationException e) {
            throw new RedisAwayException("the connection to Redis was lost", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new RedisAwayException("interrupted while waiting for Redis", e);
        }
    }

    private static <T extends @Nullable Object> T get(
            CompletableFuture<T> sent, long deadline, LongUnaryOperator extension)
            throws TimeoutException, ExecutionException, InterruptedException {
        long until = deadline;
        while (true) {
            try {
                return sent.get(Math.max(0, until - System.nanoTime()), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                until = extension.applyAsLong(until);
                if (until - System.nanoTime() <= 0) {
                    throw e;
                }
            }
        }
    }
}
