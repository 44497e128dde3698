package dev.verbatim.server.chat;

import java.io.ByteArrayOutputStream;
import java.net.http.HttpResponse.BodySubscriber;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Objects;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.Flow.Subscription;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.Nullable;

/** A response's body, read in pieces with a deadline; the server is only asked for more when a piece was taken. */
final class ResponseBody implements BodySubscriber<ResponseBody>, AutoCloseable {
    private sealed interface Event {}

    private record Piece(List<ByteBuffer> buffers) implements Event {}

    private record End() implements Event {}

    private record Broken(Throwable cause) implements Event {}

    private final BlockingQueue<Event> events = new LinkedBlockingQueue<>();
    private volatile @Nullable Subscription subscription;
    private volatile boolean closed;
    private boolean ended;

    @Override
    public CompletionStage<ResponseBody> getBody() {
        return CompletableFuture.completedStage(this);
    }

    @Override
    public void onSubscribe(Subscription given) {
        subscription = given;
        if (closed) {
            given.cancel();
        } else {
            given.request(1);
        }
    }

    @Override
    public void onNext(List<ByteBuffer> buffers) {
        events.add(new Piece(buffers));
    }

    @Override
    public void onError(Throwable cause) {
        events.add(new Broken(cause));
    }

    @Override
    public void onComplete() {
        events.add(new End());
    }

    /**
     * The next piece, or null at the end.
     *
     * @throws ModelException when the deadline passes or the connection breaks
     */
    byte @Nullable [] read(Deadline deadline) {
        if (ended) {
            return null;
        }
        return switch (await(deadline)) {
            case Piece piece -> {
                byte[] bytes = joined(piece.buffers());
                Objects.requireNonNull(subscription).request(1);
                yield bytes;
            }
            case End end -> {
                ended = true;
                yield null;
            }
            case Broken broken ->
                throw ModelException.failed("the connection to the model broke off; try again", broken.cause());
        };
    }

    /** All of it, up to {@code limit} bytes. */
    byte[] readAll(Deadline deadline, int limit) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        for (byte[] piece = read(deadline); piece != null; piece = read(deadline)) {
            all.writeBytes(piece);
            if (all.size() > limit) {
                throw ModelException.failed("the model's answer is too large");
            }
        }
        return all.toByteArray();
    }

    private Event await(Deadline deadline) {
        try {
            Event event = events.poll(deadline.remainingNanos(), TimeUnit.NANOSECONDS);
            if (event == null) {
                throw deadline.passed();
            }
            return event;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw ModelException.failed("the service is stopping; send the request again", e);
        }
    }

    /** Ends the connection, unless it has been read to its end. */
    @Override
    public void close() {
        closed = true;
        Subscription known = subscription;
        if (known != null) {
            known.cancel();
        }
    }

    private static byte[] joined(List<ByteBuffer> buffers) {
        byte[] bytes = new byte[buffers.stream().mapToInt(ByteBuffer::remaining).sum()];
        int at = 0;
        for (ByteBuffer buffer : buffers) {
            int length = buffer.remaining();
            buffer.get(bytes, at, length);
            at += length;
        }
        return bytes;
    }
}
