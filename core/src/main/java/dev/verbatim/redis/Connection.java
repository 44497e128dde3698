package dev.verbatim.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one shared connection. While Redis has never been there it is tried again in the background; from then on Lettuce
 * connects again. Nobody waits for that: without a connection a command fails at once. Thread-safe.
 */
final class Connection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final Duration RETRY = Duration.ofMillis(200);

    /** How long the start waits for the first attempt to end, well or not. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Connector connector;
    private final long timeoutNanos;
    private final CountDownLatch tried = new CountDownLatch(1);
    private volatile Connector.@Nullable Link link;
    private volatile boolean closed;

    private Connection(Connector connector, Duration timeout) {
        this.connector = connector;
        timeoutNanos = timeout.toNanos();
    }

    static Connection open(Connector connector, Duration timeout) {
        Connection connection = new Connection(connector, timeout);
        connection.attempt();
        try {
            connection.tried.await(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        return connection;
    }

    private void attempt() {
        if (closed) {
            return;
        }
        try {
            connector.connect().whenComplete(this::attempted);
        } catch (RuntimeException e) {
            attempted(null, e);
        }
    }

    private void attempted(Connector.@Nullable Link connected, @Nullable Throwable failure) {
        if (connected != null) {
            link = connected;
            LOG.info("connected to Redis");
        } else {
            if (tried.getCount() > 0) {
                LOG.warn("Redis cannot be reached; going on without it and trying again: {}", rootMessage(failure));
            }
            CompletableFuture.delayedExecutor(RETRY.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::attempt);
        }
        tried.countDown();
    }

    private static String rootMessage(@Nullable Throwable failure) {
        Throwable root = failure;
        while (root != null && root.getCause() != null) {
            root = root.getCause();
        }
        return String.valueOf(root == null ? null : root.getMessage());
    }

    /** Sends a command without waiting for its answer; one that could not be sent is a stage that failed. */
    <T extends @Nullable Object> CompletableFuture<T> send(
            Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        Connector.Link there = link;
        if (there == null) {
            return CompletableFuture.failedFuture(new RedisAwayException("Redis is not connected", null));
        }
        try {
            return command.apply(there.commands()).toCompletableFuture();
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Sends a command and waits for its answer.
     *
     * @throws RedisAwayException when there is none in time, or it is an error
     */
    <T extends @Nullable Object> T call(
            Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        return await(send(command), System.nanoTime() + timeoutNanos);
    }

    /** Waits for what was sent, until {@link System#nanoTime} is {@code deadline}. */
    <T extends @Nullable Object> T await(CompletableFuture<T> sent, long deadline) {
        try {
            return sent.get(Math.max(0, deadline - System.nanoTime()), TimeUnit.NANOSECONDS);
        } catch (TimeoutException e) {
            sent.cancel(false);
            throw new RedisAwayException("Redis did not answer in time", null);
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

    long timeoutNanos() {
        return timeoutNanos;
    }

    @Override
    public void close() {
        closed = true;
        connector.close();
    }
}
