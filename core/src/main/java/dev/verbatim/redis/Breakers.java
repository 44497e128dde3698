package dev.verbatim.redis;

import io.github.resilience4j.circuitbreaker.CircuitBreaker;
import io.github.resilience4j.circuitbreaker.CircuitBreaker.StateTransition;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig;
import io.github.resilience4j.circuitbreaker.CircuitBreakerConfig.SlidingWindowType;
import io.github.resilience4j.circuitbreaker.CircuitBreakerRegistry;
import io.lettuce.core.RedisCommandExecutionException;
import java.time.Clock;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One circuit breaker a Redis node: one that keeps calls waiting is not asked for a moment, then by a few. An error that
 * Redis itself answers with counts as an answer. Knows when each node answered last. Thread-safe.
 */
final class Breakers {
    private static final Logger LOG = LoggerFactory.getLogger(Breakers.class);
    private static final int CALLS = 20;
    private static final int FEWEST_CALLS = 10;
    private static final int PROBES = 3;
    private static final Duration PAUSE = Duration.ofMillis(250);

    private record Node(CircuitBreaker breaker, Silence silence) {}

    /**
     * A call that was let through; its end must be told.
     *
     * @param began when, as {@link System#nanoTime}
     */
    record Call(CircuitBreaker breaker, long began) {
        void succeeded() {
            breaker.onSuccess(System.nanoTime() - began, TimeUnit.NANOSECONDS);
        }

        /** Neither an error that Redis answers with nor a caller who is interrupted counts against the node. */
        void failed(Throwable failure) {
            breaker.onError(System.nanoTime() - began, TimeUnit.NANOSECONDS, cause(failure));
        }
    }

    private final CircuitBreakerRegistry registry;

    private final Map<String, Node> nodes = new ConcurrentHashMap<>();

    Breakers() {
        this(Clock.systemUTC());
    }

    /** Pauses by {@code clock}. */
    Breakers(Clock clock) {
        registry = CircuitBreakerRegistry.of(CircuitBreakerConfig.custom()
                .slidingWindow(CALLS, FEWEST_CALLS, SlidingWindowType.COUNT_BASED)
                .failureRateThreshold(50)
                .clock(clock)
                .waitDurationInOpenState(PAUSE)
                .permittedNumberOfCallsInHalfOpenState(PROBES)
                .maxWaitDurationInHalfOpenState(PAUSE)
                .ignoreException(failure ->
                        failure instanceof RedisCommandExecutionException || failure instanceof InterruptedException)
                .build());
        registry.getEventPublisher()
                .onEntryAdded(added -> added.getAddedEntry()
                        .getEventPublisher()
                        .onStateTransition(change -> log(change.getCircuitBreakerName(), change.getStateTransition())));
    }

    /** Not of the probes in between: one line says that a node is away. */
    private static void log(String node, StateTransition change) {
        if (change == StateTransition.CLOSED_TO_OPEN) {
            LOG.warn("Redis node {} does not answer in time; it is left alone until it does", node);
        } else if (change == StateTransition.HALF_OPEN_TO_CLOSED) {
            LOG.info("Redis node {} answers again", node);
        }
    }

    /**
     * Lets a call to {@code node} through, of which {@link #answered} is told as soon as it is answered.
     *
     * @throws RedisAwayException when the node's breaker is open
     */
    Call begin(String node) {
        Node known = known(node);
        if (!known.breaker.tryAcquirePermission()) {
            throw away();
        }
        long now = System.nanoTime();
        known.silence.asked(now);
        return new Call(known.breaker, now);
    }

    /** The node answered, whatever it said and whether anybody waits for it still. */
    void answered(String node) {
        known(node).silence.answered();
    }

    /** Sends a command to {@code node} unless its breaker is open; the stage tells of that too. */
    <T extends @Nullable Object> CompletableFuture<T> send(String node, Supplier<CompletableFuture<T>> command) {
        Node known = known(node);
        return known.breaker.tryAcquirePermission()
                ? counted(known.breaker, sent(known.silence, command))
                : CompletableFuture.failedFuture(away());
    }

    /**
     * As {@link #send}, of a change: reads that gave {@code node} up may not keep it from being told, unless it has
     * answered nothing for {@code patienceNanos}.
     */
    <T extends @Nullable Object> CompletableFuture<T> sendChange(
            String node, long patienceNanos, Supplier<CompletableFuture<T>> command) {
        Node known = known(node);
        if (known.breaker.tryAcquirePermission()) {
            return counted(known.breaker, sent(known.silence, command));
        }
        return known.silence.lasts(patienceNanos)
                ? CompletableFuture.failedFuture(away())
                : sent(known.silence, command);
    }

    private static RedisAwayException away() {
        return new RedisAwayException("Redis did not answer a moment ago", null);
    }

    /** What comes out is another stage than the command: who gives up waiting ends that one, and the answer still counts. */
    private static <T extends @Nullable Object> CompletableFuture<T> sent(
            Silence silence, Supplier<CompletableFuture<T>> command) {
        silence.asked(System.nanoTime());
        return command.get().whenComplete((answer, failure) -> {
            if (failure == null || cause(failure) instanceof RedisCommandExecutionException) {
                silence.answered();
            }
        });
    }

    /** Who gives up waiting cancels the stage, and that counts as a failure. */
    private static <T extends @Nullable Object> CompletableFuture<T> counted(
            CircuitBreaker breaker, CompletableFuture<T> sent) {
        Call call = new Call(breaker, System.nanoTime());
        CompletableFuture<T> unused = sent.whenComplete((answer, failure) -> {
            if (failure == null) {
                call.succeeded();
            } else {
                call.failed(failure);
            }
        });
        return sent;
    }

    /** When {@code node} answered last, as {@link System#nanoTime}; when it was first asked for, if it has not answered. */
    long lastAnswer(String node) {
        return known(node).silence.lastAnswer();
    }

    BreakerStates states() {
        int closed = 0;
        int halfOpen = 0;
        int open = 0;
        for (CircuitBreaker breaker : registry.getAllCircuitBreakers()) {
            switch (breaker.getState()) {
                case HALF_OPEN -> halfOpen++;
                case OPEN, FORCED_OPEN -> open++;
                default -> closed++;
            }
        }
        return new BreakerStates(closed, halfOpen, open);
    }

    private Node known(String node) {
        Node known = nodes.get(node);
        return known != null
                ? known
                : nodes.computeIfAbsent(node, name -> new Node(registry.circuitBreaker(name), new Silence()));
    }

    private static Throwable cause(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : null;
        return cause == null ? failure : cause;
    }
}
