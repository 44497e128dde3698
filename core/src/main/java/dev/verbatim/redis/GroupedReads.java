package dev.verbatim.redis;

import io.lettuce.core.RedisCommandExecutionException;
import io.lettuce.core.api.StatefulRedisConnection;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Reads of one node that share what sending costs: while some are under way, those that come wait for their answers and are
 * then sent in one write, as appends are committed together. One that is alone is sent at once. Redis answers a connection in
 * turn, so none would be answered sooner without. Thread-safe.
 */
final class GroupedReads {
    private final Supplier<CompletableFuture<StatefulRedisConnection<byte[], byte[]>>> way;
    private final Queue<Get> waiting = new ConcurrentLinkedQueue<>();
    private final AtomicBoolean busy = new AtomicBoolean();
    private final Runnable answered;

    /**
     * Nothing is under way yet.
     *
     * @param way where to send, asked for each time; may fail
     * @param answered run whenever Redis has answered, whether or not somebody waits for it still
     */
    GroupedReads(Supplier<CompletableFuture<StatefulRedisConnection<byte[], byte[]>>> way, Runnable answered) {
        this.way = way;
        this.answered = answered;
    }

    /** Sends {@code get}, now or with the next; what comes of it, {@code get} tells. Not to be cancelled. */
    void send(Get get) {
        waiting.add(get);
        sendWaiting();
    }

    private void sendWaiting() {
        while (!waiting.isEmpty() && busy.compareAndSet(false, true)) {
            List<Get> group = takeWaiting();
            if (group.isEmpty()) {
                busy.set(false);
            } else {
                send(group);
                goOnAfter(group.getLast());
            }
        }
    }

    /** One that has failed at once does not call {@link #sendWaiting} from within itself: its loop goes on. */
    private void goOnAfter(Get last) {
        if (last.isDone()) {
            end(last);
        } else {
            CompletableFuture<byte @Nullable []> unused = last.whenComplete((answer, failure) -> {
                end(last);
                sendWaiting();
            });
        }
    }

    private void end(Get last) {
        if (isAnswered(last)) {
            answered.run();
        }
        busy.set(false);
    }

    private static boolean isAnswered(Get get) {
        return switch (get.state()) {
            case SUCCESS -> true;
            case FAILED -> get.exceptionNow() instanceof RedisCommandExecutionException;
            case CANCELLED, RUNNING -> false;
        };
    }

    private List<Get> takeWaiting() {
        List<Get> group = new ArrayList<>();
        for (Get get = waiting.poll(); get != null; get = waiting.poll()) {
            group.add(get);
        }
        return group;
    }

    private void send(List<Get> group) {
        try {
            CompletableFuture<Void> unused = way.get()
                    .<Void>thenApply(there -> {
                        there.dispatch(group);
                        return null;
                    })
                    .exceptionally(failure -> fail(group, failure));
        } catch (RuntimeException e) {
            fail(group, e);
        }
    }

    private static @Nullable Void fail(List<Get> group, Throwable failure) {
        group.forEach(get -> get.completeExceptionally(failure));
        return null;
    }
}
