package dev.verbatim.postgres;

import dev.verbatim.OverloadedException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;

/** Bounds what waits in memory to be stored. Thread-safe. */
final class Admission {
    private static final int MOST_REQUESTS = 32_768;
    private static final long MOST_BYTES = 64L << 20;

    private final AtomicInteger requests = new AtomicInteger();
    private final AtomicLong bytes = new AtomicLong();
    private final Refusals refusals = new Refusals("appends");

    /**
     * Lets {@code request} in until it is done with.
     *
     * @throws OverloadedException when too much waits already
     */
    void enter(AppendRequest request) {
        int others = requests.getAndIncrement();
        long waiting = bytes.addAndGet(request.bytes());
        if (others >= MOST_REQUESTS || (others > 0 && waiting > MOST_BYTES)) {
            leave(request);
            refusals.add();
            throw new OverloadedException("too many messages wait to be stored; try again in a second");
        }
        request.whenDone(() -> leave(request));
    }

    int requests() {
        return requests.get();
    }

    Refused refused() {
        return refusals.state();
    }

    private void leave(AppendRequest request) {
        requests.decrementAndGet();
        bytes.addAndGet(-request.bytes());
    }
}
