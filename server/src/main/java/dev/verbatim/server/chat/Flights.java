package dev.verbatim.server.chat;

import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.ExecutionException;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/**
 * One piece of work for all who ask for the same at the same time. Thread-safe.
 *
 * @param <K> what is the same
 * @param <T> what comes out
 */
final class Flights<K, T> {
    private final ConcurrentMap<K, CompletableFuture<T>> underWay = new ConcurrentHashMap<>();

    /**
     * Does {@code work}, or waits for whoever does it already. Who waits gets {@code forOthers} of what came out, or the same
     * failure; but when the one who did it gave up because its own client hung up, another one takes over.
     */
    T share(K key, Supplier<T> work, UnaryOperator<T> forOthers) {
        while (true) {
            CompletableFuture<T> mine = new CompletableFuture<>();
            CompletableFuture<T> others = underWay.putIfAbsent(key, mine);
            if (others == null) {
                return lead(key, mine, work);
            }
            Optional<T> landed = await(others);
            if (landed.isPresent()) {
                return forOthers.apply(landed.get());
            }
        }
    }

    /** How many are under way. */
    int size() {
        return underWay.size();
    }

    private T lead(K key, CompletableFuture<T> mine, Supplier<T> work) {
        try {
            T result = work.get();
            mine.complete(result);
            return result;
        } catch (RuntimeException | Error e) {
            mine.completeExceptionally(e);
            throw e;
        } finally {
            underWay.remove(key, mine);
        }
    }

    private Optional<T> await(CompletableFuture<T> others) {
        try {
            return Optional.of(others.get());
        } catch (ExecutionException e) {
            if (e.getCause() instanceof ClientGoneException) {
                return Optional.empty();
            }
            throw e.getCause() instanceof RuntimeException failure
                    ? failure
                    : new IllegalStateException("the other request failed", e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ModelException.failed("the service is stopping; send the request again", e);
        }
    }
}
