package dev.verbatim.redis;

import io.lettuce.core.GetExArgs;
import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.RedisException;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The one way to Redis that all share. While Redis has never been there it is tried again in the background; from then on
 * Lettuce connects again. Nobody waits for that: without a connection a command fails at once.
 *
 * <p>A command goes to the node that has its key, as far as is known. Where the nodes are is asked for now and then, and soon
 * after something went wrong. Thread-safe.
 */
final class Connection implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Connection.class);
    private static final Duration RETRY = Duration.ofMillis(200);

    /** How long the start waits for the first attempt to end, well or not. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** So many timeouts at most are waited for a Redis that answers others, or is told of a change. */
    private static final int TIMES = 5;

    private final Connector connector;
    private final Trust trust;
    private final Breakers breakers = new Breakers();
    private final Map<String, GroupedReads> reads = new ConcurrentHashMap<>();
    private final long timeoutNanos;
    private final Looks looks;
    private final CountDownLatch tried = new CountDownLatch(1);

    private volatile Connector.@Nullable Link link;
    private volatile boolean closed;

    private Connection(Connector connector, Trust trust, Duration timeout) {
        this.connector = connector;
        this.trust = trust;
        this.looks = new Looks(connector);
        timeoutNanos = timeout.toNanos();
    }

    static Connection open(RedisUrl url, Duration timeout) {
        Trust trust = new Trust();
        Connection connection = new Connection(url.connector(trust::changed), trust, timeout);
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

    /** Whether every primary is known to be one that the epoch was made for. */
    boolean isTrusted() {
        Connector.Link there = link;
        return there != null && trust.holdsFor(connector.primaries(there));
    }

    /** Another number than a moment ago, and another Redis may have answered meanwhile. */
    long changes() {
        return trust.changes();
    }

    /** The epoch is another one: whoever made it may have found other processes. */
    void doubt() {
        trust.changed();
    }

    /** See {@link RedisTail#compare}. For one thread, so that nobody is compared while the link is replaced. */
    void compare(ProcessRegistry registry) {
        Connector.Link there = link;
        if (there == null) {
            return;
        }
        there = follow(there);
        Set<String> nodes = connector.primaries(there);
        try {
            if (!trust.holdsFor(nodes)) {
                Processes processes = Processes.reach(connector, there, nodes, deadline());
                long at = trust.changes();
                trust.compared(at, processes.identities(deadline()), registry);
            }
        } finally {
            looks.lookWhenDue(there, !trust.holdsFor(nodes));
        }
    }

    private Connector.Link follow(Connector.Link there) {
        Connector.Link found = looks.found();
        if (found == null || found.equals(there)) {
            return there;
        }
        LOG.info("Redis is at {} now, no longer at {}", found.address(), there.address());
        trust.changed();
        link = found;
        CompletableFuture<Void> unused = there.connection().closeAsync();
        return found;
    }

    private long deadline() {
        return System.nanoTime() + timeoutNanos;
    }

    /**
     * As {@link #read}, of the Redis that the epoch was made for.
     *
     * @throws RedisAwayException also when it is not known, before and after, that this is the one that answered
     */
    byte @Nullable [] readTrusted(byte[] key, @Nullable GetExArgs renewal) {
        long at = trust.changes();
        Connector.Link there = connected();
        String node = connector.node(there, key);
        if (!trust.holdsFor(node)) {
            throw new RedisAwayException("Redis has not said yet who it is", null);
        }
        byte @Nullable [] answer = read(there, node, key, renewal);
        if (trust.changes() != at || !connector.node(there, key).equals(node)) {
            throw new RedisAwayException("another Redis may have answered", null);
        }
        return answer;
    }

    /**
     * What {@code key} holds, or null; waits as {@link #call}.
     *
     * @param renewal the new time to live; null leaves it
     */
    byte @Nullable [] read(byte[] key, @Nullable GetExArgs renewal) {
        Connector.Link there = connected();
        return read(there, connector.node(there, key), key, renewal);
    }

    private byte @Nullable [] read(Connector.Link there, String node, byte[] key, @Nullable GetExArgs renewal) {
        Breakers.Call call = breakers.begin(node);
        Get get = Get.of(key, renewal);
        readsOf(node).send(get);
        try {
            byte @Nullable [] answer = awaitPatiently(node, get);
            call.succeeded();
            return answer;
        } catch (RedisAwayException e) {
            Throwable cause = e.getCause();
            call.failed(cause == null ? e : cause);
            looks.wanted();
            if (cause != null && isMoved(cause)) {
                return awaitPatiently(node, followed(there, key, redis -> redis.get(key)));
            }
            throw e;
        }
    }

    private GroupedReads readsOf(String node) {
        GroupedReads known = reads.get(node);
        return known != null
                ? known
                : reads.computeIfAbsent(
                        node,
                        name -> new GroupedReads(
                                () -> connector.connection(connected(), name), () -> breakers.answered(name)));
    }

    /**
     * Sends a command on {@code key} and waits for its answer: while the node answers others, up to {@value #TIMES} times
     * the timeout. Redis answers in turn, so that it is merely busy then, or this process is; PostgreSQL would take longer.
     *
     * @throws RedisAwayException when there is none in time, or it is an error
     */
    <T extends @Nullable Object> T call(
            byte[] key, Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        Connector.Link there = connected();
        String node = connector.node(there, key);
        return awaitAnswer(node, send(there, node, key, command));
    }

    private Connector.Link connected() {
        Connector.Link there = link;
        if (there == null) {
            throw new RedisAwayException("Redis is not connected", null);
        }
        return there;
    }

    private <T extends @Nullable Object> T awaitAnswer(String node, CompletableFuture<T> sent) {
        return Answers.givingUp(sent, () -> awaitPatiently(node, sent));
    }

    private <T extends @Nullable Object> T awaitPatiently(String node, CompletableFuture<T> sent) {
        long end = System.nanoTime() + patienceNanos();
        return Answers.await(sent, deadline(), deadline -> {
            long now = System.nanoTime();
            boolean heldUp = now - deadline > timeoutNanos / 2;
            long extended = (heldUp ? now : breakers.lastAnswer(node)) + timeoutNanos;
            return extended - end < 0 ? extended : end;
        });
    }

    /**
     * Sends a change on {@code key} without waiting for its answer; one that could not be sent is a stage that failed. When
     * the node says that the key is another's now, it is sent once more, to that one.
     */
    <T extends @Nullable Object> CompletableFuture<T> sendChange(
            byte[] key, Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        Connector.Link there = link;
        if (there == null) {
            return CompletableFuture.failedFuture(new RedisAwayException("Redis is not connected", null));
        }
        String node = connector.node(there, key);
        return looking(breakers.sendChange(node, patienceNanos(), () -> following(there, node, key, command)));
    }

    private <T extends @Nullable Object> CompletableFuture<T> send(
            Connector.Link there,
            String node,
            byte[] key,
            Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        return looking(breakers.send(node, () -> following(there, node, key, command)));
    }

    private <T extends @Nullable Object> CompletableFuture<T> looking(CompletableFuture<T> sent) {
        CompletableFuture<T> unused = sent.whenComplete((answer, failure) -> {
            if (failure != null) {
                looks.wanted();
            }
        });
        return sent;
    }

    private <T extends @Nullable Object> CompletableFuture<T> following(
            Connector.Link there,
            String node,
            byte[] key,
            Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        return sendTo(there, node, command)
                .exceptionallyCompose(failure ->
                        isMoved(failure) ? followed(there, key, command) : CompletableFuture.failedFuture(failure));
    }

    /** Sends a command where the key is now, after looking. */
    private <T extends @Nullable Object> CompletableFuture<T> followed(
            Connector.Link there,
            byte[] key,
            Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        return looks.look(there).thenCompose(found -> sendTo(found, connector.node(found, key), command));
    }

    private static boolean isMoved(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RedisCommandExecutionException
                && String.valueOf(cause.getMessage()).startsWith("MOVED ");
    }

    private <T extends @Nullable Object> CompletableFuture<T> sendTo(
            Connector.Link there,
            String node,
            Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        try {
            CompletableFuture<RedisClusterAsyncCommands<byte[], byte[]>> way = connector.commands(there, node);
            return way.isDone() ? sendNow(way.join(), command) : way.thenCompose(command);
        } catch (RedisException | CompletionException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    private static <T extends @Nullable Object> CompletableFuture<T> sendNow(
            RedisClusterAsyncCommands<byte[], byte[]> way,
            Function<RedisClusterAsyncCommands<byte[], byte[]>, CompletionStage<T>> command) {
        try {
            return command.apply(way).toCompletableFuture();
        } catch (IllegalArgumentException e) {
            throw e;
        } catch (RuntimeException e) {
            return CompletableFuture.failedFuture(e);
        }
    }

    /** Whether one of the nodes answers just now. */
    boolean answers() {
        Connector.Link there = link;
        try {
            return there != null
                    && "PONG".equals(Answers.await(sendNow(there.commands(), redis -> redis.ping()), deadline()));
        } catch (RedisAwayException e) {
            return false;
        }
    }

    /**
     * How long to wait at most, and for changes in any case: an answer that goes out before Redis knows lets another server
     * show an old end for a moment, and a read that gives up costs only time.
     */
    long patienceNanos() {
        return TIMES * timeoutNanos;
    }

    long timeoutNanos() {
        return timeoutNanos;
    }

    BreakerStates breakers() {
        return breakers.states();
    }

    @Override
    public void close() {
        closed = true;
        connector.close();
    }
}
