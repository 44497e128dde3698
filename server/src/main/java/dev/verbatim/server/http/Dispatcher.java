package dev.verbatim.server.http;

import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.HttpPrologue;
import io.helidon.http.Status;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.RoutingResponse;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Takes every request: finds its route by the raw path, finds out who calls, lets the handler answer, and turns whatever
 * is thrown into an error object. Thread-safe.
 */
final class Dispatcher {
    private static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    private static final Header BEARER = HeaderValues.createCached(HeaderNames.WWW_AUTHENTICATE, "Bearer");

    private final Routes routes;
    private final Authenticator authenticator;
    private final Cors cors;
    private final Limits limits;
    private final Watchdog watchdog;
    private final HttpMetrics metrics;
    private final HttpMetrics.Timers unmatched;

    Dispatcher(
            Routes routes,
            Authenticator authenticator,
            Cors cors,
            Limits limits,
            Watchdog watchdog,
            HttpMetrics metrics) {
        this.routes = routes;
        this.authenticator = authenticator;
        this.cors = cors;
        this.limits = limits;
        this.watchdog = watchdog;
        this.metrics = metrics;
        this.unmatched = metrics.unmatched();
    }

    void handle(ServerRequest request, ServerResponse response) {
        long begin = System.nanoTime();
        HttpMetrics.Timers timers = unmatched;
        RequestObserver.Following following =
                metrics.observer().begin(request.prologue().method().text(), name -> header(request, name));
        String requestId = RequestIds.of(request.headers());
        RequestBody body = new RequestBody(request, limits, watchdog);
        response.header(HeaderValues.create(RequestIds.HEADER, requestId));
        try {
            cors.apply(request, response);
            Routes.Found found = find(request.prologue());
            Routes.@Nullable Target target = target(found, request, response);
            if (target != null) {
                timers = target.timers();
                answer(new RequestContext(
                        request, response, target, found.variables(), requestId, body, watchdog, limits.sendTime()));
            }
            commit(response);
            close(body.finish() && !asksToClose(request));
        } catch (CloseConnectionException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            fail(e, request, response, requestId, body);
        } finally {
            int status = response.status().code();
            timers.record(status, System.nanoTime() - begin);
            following.end(timers.route(), status);
        }
    }

    private static @Nullable String header(ServerRequest request, String name) {
        HeaderName header = HeaderNames.create(name);
        return request.headers().contains(header)
                ? request.headers().get(header).get()
                : null;
    }

    private Routes.Found find(HttpPrologue prologue) {
        String path = prologue.uriPath().rawPath();
        if (path.length() + prologue.query().rawValue().length() >= Limits.URL_BYTES) {
            String message = "the URL is longer than " + Limits.URL_BYTES + " bytes";
            throw new ApiException(414, "invalid_request_error", "url_too_long", null, message);
        }
        Routes.@Nullable Found found = path.startsWith("/") ? routes.find(path) : null;
        if (found == null) {
            throw ApiException.notFound("there is nothing at this path; see /openapi.json for what there is");
        }
        return found;
    }

    /** The route for the request's method; null when an answer was given already. */
    private static Routes.@Nullable Target target(Routes.Found found, ServerRequest request, ServerResponse response) {
        String method = request.prologue().method().text();
        Routes.@Nullable Target target = found.methods().get(method.equals("HEAD") ? "GET" : method);
        if (target == null) {
            String allowed = allowed(found);
            response.header(HeaderValues.create(HeaderNames.ALLOW, allowed));
            if (!method.equals("OPTIONS")) {
                String message = "method " + method + " is not allowed here; allowed: " + allowed;
                throw new ApiException(405, "invalid_request_error", "method_not_allowed", null, message);
            }
            response.status(Status.NO_CONTENT_204).send();
        }
        return target;
    }

    private static String allowed(Routes.Found found) {
        Set<String> methods = new TreeSet<>(found.methods().keySet());
        if (methods.contains("GET")) {
            methods.add("HEAD");
        }
        methods.add("OPTIONS");
        return String.join(", ", methods);
    }

    private void answer(RequestContext context) {
        context.authenticate(authenticator);
        context.readQuery();
        context.route().handler().handle(context);
    }

    private void fail(
            Throwable failure, ServerRequest request, ServerResponse response, String requestId, RequestBody body) {
        if (response.isSent() || !reset(response)) {
            Errors.of(failure, requestId);
            throw new CloseConnectionException("the answer was under way already", failure);
        }
        ApiException error = Errors.of(failure, requestId);
        boolean done = body.finish();
        if (!done) {
            response.header(HeaderValues.CONNECTION_CLOSE);
        }
        if (error.status() == 401) {
            response.header(BEARER);
        }
        if (error.retryAfterSeconds() > 0) {
            response.header(HeaderValues.create(HeaderNames.RETRY_AFTER, error.retryAfterSeconds()));
        }
        write(error, request, response);
        if (!done) {
            body.linger();
        }
        close(done && !asksToClose(request));
    }

    /** Ends a streamed answer; one that was sent whole has ended already. */
    private static void commit(ServerResponse response) {
        if (response instanceof RoutingResponse routing) {
            routing.commit();
        }
    }

    private static boolean reset(ServerResponse response) {
        return response instanceof RoutingResponse routing && routing.resetStream();
    }

    private static void write(ApiException error, ServerRequest request, ServerResponse response) {
        byte[] json = Errors.json(error);
        response.header(JSON).status(Status.create(error.status()));
        if (request.prologue().method().text().equals("HEAD")) {
            response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, json.length));
            response.send(new byte[0]);
        } else {
            response.send(json);
        }
    }

    private static boolean asksToClose(ServerRequest request) {
        return request.headers().containsToken(HeaderValues.CONNECTION_CLOSE);
    }

    private static void close(boolean open) {
        if (!open) {
            throw new CloseConnectionException("the connection has served its time");
        }
    }
}
