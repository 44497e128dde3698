package dev.verbatim.redis;

import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CancellationException;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one shared connection. While Redis has never been there it is tried again in the background; from then on Lettuce
 * connects again. Nobody waits for that: without a connection a command fails at once.
 *
 * <p>What answers after a connect may be another process than before, with older things in it: after each connect or
 * disconnect the connection is not trusted until {@link #compare} has found out who it is. Thread-safe.
 */
final class Connection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final Duration RETRY = Duration.ofMillis(200);

    private static final String RUN_ID = "run_id:";

    /** How long the start waits for the first attempt to end, well or not. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    private final Connector connector;
    private final Breakers breakers = new Breakers();
    private final long timeoutNanos;
    private final CountDownLatch tried = new CountDownLatch(1);
    /** Connects and disconnects so far; the one at which the processes were compared last; and which those were. */
    private final AtomicLong connects = new AtomicLong();

    private volatile long comparedAt = -1;
    private volatile Map<String, String> registered = Map.of();

    private volatile Connector.@Nullable Link link;
    private volatile boolean closed;

    private Connection(Connector connector, Duration timeout) {
        this.connector = connector;
        timeoutNanos = timeout.toNanos();
    }

    static Connection open(Connector connector, Duration timeout) {
        Connection connection = new Connection(connector, timeout);
        connector.onConnectOrDisconnect(connection.connects::incrementAndGet);
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
                LOG.warn(
                        "Redis cannot be reached; going on without it and trying again: {}",
                        TlsFaults.explain(failure));
            }
            CompletableFuture.delayedExecutor(RETRY.toMillis(), TimeUnit.MILLISECONDS)
                    .execute(this::attempt);
        }
        tried.countDown();
    }

    /** How often this has connected or disconnected: another number than a moment ago, and another Redis may be there. */
    long connects() {
        return connects.get();
    }

    boolean isTrusted() {
        return comparedAt == connects.get();
    }

    void checkTrusted() {
        if (!isTrusted()) {
            throw new RedisAwayException("Redis has not said yet who it is", null);
        }
    }

    /** See {@link RedisTail#compare}. For one thread. */
    void compare(Consumer<Map<String, String>> register) {
        long at = connects.get();
        Connector.Link there = link;
        if (comparedAt == at || there == null) {
            return;
        }
        Map<String, CompletionStage<String>> asked = connector.servers(there);
        Map<String, String> runIds = runIds(asked);
        if (!registered.entrySet().containsAll(runIds.entrySet())) {
            register.accept(runIds);
            Map<String, String> known = new HashMap<>(registered);
            known.putAll(runIds);
            registered = known;
        }
        // A shard that did not say who it is may answer the next read all the same.
        if (runIds.size() == asked.size()) {
            comparedAt = at;
            LOG.info("Redis is known: {} of its processes answer", runIds.size());
        }
    }

    /** The process of each shard that answers; of a cluster some may not. */
    private Map<String, String> runIds(Map<String, CompletionStage<String>> asked) {
        Map<String, String> runIds = new HashMap<>();
        long deadline = System.nanoTime() + timeoutNanos;
        asked.forEach((shard, answer) -> {
            try {
                runIds.put(shard, runId(await(answer.toCompletableFuture(), deadline)));
            } catch (RedisAwayException e) {
                LOG.debug("the shard of {} does not say who it is", shard, e);
            }
        });
        if (runIds.isEmpty()) {
            throw new RedisAwayException("no Redis process says who it is", null);
        }
        return runIds;
    }

    private static String runId(String info) {
        return info.lines()
                .filter(line -> line.startsWith(RUN_ID))
                .map(line -> line.substring(RUN_ID.length()).strip())
                .findFirst()
                .orElseThrow(() -> new RedisAwayException("Redis does not say who it is", null));
    }

    /**
     * Sends a command on {@code key} without waiting for its answer; one that could not be sent is a stage that failed.
     */
    <T extends @Nullable Object> CompletableFuture<T> send(
            byte[] key, Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        Connector.Link there = link;
        if (there == null) {
            return CompletableFuture.failedFuture(new RedisAwayException("Redis is not connected", null));
        }
        return breakers.send(connector.node(there, key), () -> sendNow(there, command));
    }

    private static <T extends @Nullable Object> CompletableFuture<T> sendNow(
            Connector.Link there, Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        try {
            return command.apply(there.commands()).toCompletableFuture();
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /**
     * Sends a command on {@code key} and waits for its answer.
     *
     * @throws RedisAwayException when there is none in time, or it is an error
     */
    <T extends @Nullable Object> T call(
            byte[] key, Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        return await(send(key, command), System.nanoTime() + timeoutNanos);
    }

    /** Whether one of the nodes answers just now. */
    boolean answers() {
        Connector.Link there = link;
        try {
            return there != null
                    && "PONG".equals(await(sendNow(there, redis -> redis.ping()), System.nanoTime() + timeoutNanos));
        } catch (RedisAwayException e) {
            return false;
        }
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
