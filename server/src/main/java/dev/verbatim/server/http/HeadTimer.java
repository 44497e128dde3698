package dev.verbatim.server.http;

import io.helidon.http.Headers;
import io.helidon.http.HttpPrologue;
import io.helidon.webserver.ConnectionContext;
import io.helidon.webserver.http1.Http1ConnectionListener;
import java.time.Duration;

/** Ends connections whose request head begins but does not end in time; has whole heads checked. Thread-safe. */
final class HeadTimer implements Http1ConnectionListener {
    private final Watchdog watchdog;
    private final Duration limit;

    HeadTimer(Watchdog watchdog, Duration limit) {
        this.watchdog = watchdog;
        this.limit = limit;
    }

    @Override
    public void prologue(ConnectionContext context, HttpPrologue prologue) {
        watchdog.guard(context, limit);
    }

    @Override
    public void headers(ConnectionContext context, Headers headers) {
        watchdog.end(context);
        HeadRules.check(headers);
    }
}
