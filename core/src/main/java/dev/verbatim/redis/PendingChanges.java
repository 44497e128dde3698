package dev.verbatim.redis;

import dev.verbatim.ConversationKey;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;

/** Changes on their way to Redis. For one thread. */
public final class PendingChanges {
    /** How long the attempt to drop what could not be told may hold up an answer at most. */
    private static final long DROP_NANOS = Duration.ofMillis(20).toNanos();

    private record Sent<T>(ConversationKey key, CompletableFuture<T> answer) {}

    private final Connection connection;
    private final long deadline;
    private final List<Sent<Long>> sent = new ArrayList<>();

    PendingChanges(Connection connection) {
        this.connection = connection;
        deadline = System.nanoTime() + connection.patienceNanos();
    }

    void add(ConversationKey key, CompletableFuture<Long> answer) {
        sent.add(new Sent<>(key, answer));
    }

    /**
     * Waits until Redis has confirmed every change, at most five times {@code redisTimeout} since they were sent; then tries to drop
     * the entries of the others, which takes a few milliseconds more at most. Never fails.
     *
     * @return the conversations whose entry may still be without the change: neither told nor dropped for sure
     */
    public List<ConversationKey> await() {
        List<Sent<Long>> drops = new ArrayList<>();
        for (ConversationKey key : unconfirmed(sent, deadline)) {
            byte[] name = Names.key(key);
            drops.add(new Sent<>(key, connection.sendChange(name, redis -> redis.del(name))));
        }
        long bound = System.nanoTime() + Math.min(DROP_NANOS, connection.timeoutNanos());
        return unconfirmed(drops, bound);
    }

    private List<ConversationKey> unconfirmed(List<Sent<Long>> sent, long until) {
        List<ConversationKey> keys = new ArrayList<>();
        for (Sent<Long> one : sent) {
            try {
                Answers.await(one.answer(), until);
            } catch (RedisAwayException e) {
                keys.add(one.key());
            }
        }
        return keys;
    }
}
