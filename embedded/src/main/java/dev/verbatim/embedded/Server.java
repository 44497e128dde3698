package dev.verbatim.embedded;

import java.io.IOException;

/** One of the two servers, as the {@link Supervisor} sees it. Called by one thread at a time. */
interface Server {
    String name();

    Ports ports();

    LogFile log();

    /** What must be there before the first launch. */
    void prepare() throws IOException;

    Process launch() throws IOException;

    /** Tries once whether clients are served. Fails only for a reason that waiting does not cure. */
    boolean isReady();

    /** Tells a running server to stop now, in order. */
    void askToStop(Process process);
}
