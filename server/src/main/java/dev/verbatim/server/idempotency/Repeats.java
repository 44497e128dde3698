package dev.verbatim.server.idempotency;

import dev.verbatim.RepeatableRequest;
import dev.verbatim.Requests;
import dev.verbatim.Requests.Answered;
import dev.verbatim.Requests.Different;
import dev.verbatim.Requests.Gone;
import dev.verbatim.Requests.Standing;
import dev.verbatim.Requests.Turn;
import dev.verbatim.Requests.UnderWay;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.Handler;
import dev.verbatim.server.http.RequestContext;
import java.time.Duration;
import java.util.concurrent.Semaphore;
import java.util.concurrent.locks.LockSupport;

/** Lets a request that may be sent again be answered once, and answers the repeats as the first was. Thread-safe. */
final class Repeats {
    /** Who waits asks PostgreSQL again and again; this many at most. */
    private static final int MOST_WAITING = 64;

    private static final long FIRST_PAUSE = Duration.ofMillis(20).toNanos();
    private static final long LONGEST_PAUSE = Duration.ofMillis(500).toNanos();

    private final Requests requests;
    private final Duration patience;
    private final Semaphore waiting = new Semaphore(MOST_WAITING);

    Repeats(Requests requests, Duration patience) {
        this.requests = requests;
        this.patience = patience;
    }

    void handle(RequestContext request, Handler handler) {
        if (Identity.isThere(request)) {
            Identity.of(request, request.body())
                    .ifPresentOrElse(asked -> handle(request, handler, asked), () -> handler.handle(request));
        } else {
            handler.handle(request);
        }
    }

    private void handle(RequestContext request, Handler handler, RepeatableRequest asked) {
        Standing standing = requests.claim(asked);
        if (standing instanceof UnderWay) {
            standing = await(asked);
        }
        switch (standing) {
            case Turn turn -> new Recording(requests, turn, request).run(handler);
            case Answered answered -> again(request, handler, answered);
            case UnderWay underWay ->
                throw new ApiException(
                        409,
                        "conflict_error",
                        "request_under_way",
                        Identity.KEY,
                        "the same request is still under way; send it again later");
            case Different different ->
                throw ApiException.conflict(
                        Identity.KEY,
                        Identity.KEY + " was used for another request on this path; take a new key for a new request");
            case Gone gone ->
                throw new ApiException(
                        410,
                        "not_found_error",
                        "gone",
                        null,
                        "what this request was about has been deleted; it is not done again");
        }
    }

    /** A large answer is not kept, but what it was made of is. */
    private void again(RequestContext request, Handler handler, Answered answered) {
        if (answered.answer().isPresent()) {
            request.replay(answered.answer().get());
        } else {
            request.recordTo(new Remaking(answered.claim()));
            request.header(RequestContext.REPLAYED, "true");
            handler.handle(request);
        }
    }

    /** Asks until the other try has ended or patience has. */
    private Standing await(RepeatableRequest asked) {
        if (!waiting.tryAcquire()) {
            throw ApiException.tooMany(1, "too many requests wait for another of the same key; send it again later");
        }
        try {
            long until = System.nanoTime() + patience.toNanos();
            long pause = FIRST_PAUSE;
            Standing standing = new UnderWay();
            while (standing instanceof UnderWay
                    && System.nanoTime() - until < 0
                    && !Thread.currentThread().isInterrupted()) {
                LockSupport.parkNanos(this, pause);
                pause = Math.min(2 * pause, LONGEST_PAUSE);
                // A first request that is sent while another one of the kind is under way does not come here.
                standing = requests.claim(asked);
            }
            return standing;
        } finally {
            waiting.release();
        }
    }
}
