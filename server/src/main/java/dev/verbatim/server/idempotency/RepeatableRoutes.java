package dev.verbatim.server.idempotency;

import dev.verbatim.HistoryStore;
import dev.verbatim.Requests;
import dev.verbatim.server.http.Routes;
import java.time.Duration;

/** Which routes may be called again with a key. Not those whose answer or body is secret: such is never kept. */
public final class RepeatableRoutes {
    private static final String ONE = "/api/conversations/{id}";

    /** A model takes its time; who waits longer may as well be told to ask again. */
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    private RepeatableRoutes() {}

    /** Sees to them, if {@code store} can keep requests. All routes must have been added. */
    public static void register(Routes routes, HistoryStore store) {
        store.requests().ifPresent(requests -> register(routes, requests, PATIENCE));
    }

    /** @param patience how long to wait for another try that is under way */
    static void register(Routes routes, Requests requests, Duration patience) {
        Repeats repeats = new Repeats(requests, patience);
        add(routes, repeats, "POST", "/api/conversations");
        add(routes, repeats, "PATCH", ONE);
        add(routes, repeats, "DELETE", ONE);
        add(routes, repeats, "POST", ONE + "/fork");
        add(routes, repeats, "POST", ONE + "/messages");
        add(routes, repeats, "DELETE", ONE + "/messages");
        add(routes, repeats, "PATCH", ONE + "/messages/{message_id}");
        add(routes, repeats, "POST", "/chat");
        add(routes, repeats, "POST", "/chat/agent");
    }

    private static void add(Routes routes, Repeats repeats, String method, String template) {
        routes.repeatable(method, template, handler -> request -> repeats.handle(request, handler));
    }
}
