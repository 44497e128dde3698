package dev.verbatim.redis;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Looks where Redis' primaries are, once at a time: now and then, and soon after something went wrong. Thread-safe. */
final class Looks {
    private static final Logger LOG = LoggerFactory.getLogger(Looks.class);
    private static final Duration SOON = Duration.ofMillis(500);

    private final Connector connector;
    private volatile boolean wanted;
    private volatile long last = System.nanoTime();
    private volatile Connector.@Nullable Link found;
    private @Nullable CompletableFuture<Connector.Link> running;

    Looks(Connector connector) {
        this.connector = connector;
    }

    /** Something went wrong: the primaries may be others than before. */
    void wanted() {
        wanted = true;
    }

    /** The link to be used, as the last good look found it; null before there was one. */
    Connector.@Nullable Link found() {
        return found;
    }

    /** Looks, unless that is being done already, from {@code link} or what was found since. */
    synchronized CompletableFuture<Connector.Link> look(Connector.Link link) {
        CompletableFuture<Connector.Link> under = running;
        if (under != null && !under.isDone()) {
            return under;
        }
        wanted = false;
        Connector.Link newest = found;
        CompletableFuture<Connector.Link> look = connector
                .lookAgain(newest == null ? link : newest)
                .toCompletableFuture()
                .whenComplete(this::done);
        running = look;
        return look;
    }

    private void done(Connector.@Nullable Link there, @Nullable Throwable failure) {
        last = System.nanoTime();
        if (there != null) {
            found = there;
        } else {
            LOG.debug("Redis does not say where its primaries are", failure);
        }
    }

    /** Looks if it is time to; does not wait for it. */
    void lookWhenDue(Connector.Link link, boolean urgent) {
        Duration pause = urgent || wanted ? SOON : connector.pauseBetweenLooks();
        if (System.nanoTime() - last > pause.toNanos()) {
            CompletableFuture<Connector.Link> unused = look(link);
        }
    }
}
