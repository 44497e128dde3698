package dev.verbatim.bench.load;

import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Failed calls are counted; the first is logged. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);
    private static final AtomicBoolean LOGGED = new AtomicBoolean();

    private Failures() {}

    static boolean succeeds(Runnable work) {
        try {
            work.run();
            return true;
        } catch (RuntimeException e) {
            if (LOGGED.compareAndSet(false, true)) {
                LOG.warn("the first call that failed", e);
            }
            return false;
        }
    }
}
