package dev.verbatim.server.http;

import dev.verbatim.Claim;
import dev.verbatim.HistoryStore;
import dev.verbatim.KeptAnswer;
import dev.verbatim.Owner;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.http.Status;
import io.helidon.webserver.http.ServerRequest;
import io.helidon.webserver.http.ServerResponse;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** One request and its answer, as a handler sees them. Used by one thread. */
public final class RequestContext {
    private static final Header JSON = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "application/json");
    private static final HeaderName IDEMPOTENCY_KEY = HeaderNames.create("Idempotency-Key");

    /** Says that an answer was given before. */
    public static final HeaderName REPLAYED = HeaderNames.create("Idempotent-Replayed");

    private static final int UNGUARDED = 64 << 10;
    private static final byte[] NOTHING = {};

    private final ServerRequest request;
    private final ServerResponse response;
    private final Routes.Target target;
    private final List<String> variables;
    private final String requestId;
    private final RequestBody body;
    private final Watchdog watchdog;
    private final Duration sendTime;
    private @Nullable Query query;
    private @Nullable Caller caller;
    private @Nullable Recorder recorder;
    private byte @Nullable [] read;

    RequestContext(
            ServerRequest request,
            ServerResponse response,
            Routes.Target target,
            List<String> variables,
            String requestId,
            RequestBody body,
            Watchdog watchdog,
            Duration sendTime) {
        this.request = request;
        this.response = response;
        this.target = target;
        this.variables = variables;
        this.requestId = requestId;
        this.body = body;
        this.watchdog = watchdog;
        this.sendTime = sendTime;
    }

    /** The route that answers. */
    public Route route() {
        return target.route();
    }

    /** Which resource the request names: method, path as the route has it, and the path's variables, decoded. */
    public List<String> resource() {
        List<String> resource = new ArrayList<>(List.of(route().method(), route().template()));
        target.names().forEach(name -> resource.add(path(name)));
        return resource;
    }

    /** The query as it came, without the question mark. */
    public String rawQuery() {
        return request.prologue().query().rawValue();
    }

    /** From now on what is answered is also told to {@code keeping}. */
    public void recordTo(Recorder keeping) {
        recorder = keeping;
    }

    /** The store as this request is to see it: when it may be sent again, one that does nothing twice. */
    public HistoryStore once(HistoryStore store) {
        return recorder == null ? store : store.once(recorder.claim());
    }

    /** The try that this is of a request that may be sent again; empty for one that may not. */
    public Optional<Claim> claim() {
        return Optional.ofNullable(recorder).map(Recorder::claim);
    }

    /** Says which conversation the answer shows, when it is not the one that the path names. */
    public void about(String conversationId) {
        if (recorder != null) {
            recorder.about(conversationId);
        }
    }

    /** Says that the answer under way, whose status has gone out, tells of a failure. */
    public void failed() {
        if (recorder != null) {
            recorder.failed();
        }
    }

    void authenticate(Authenticator authenticator) {
        if (route().access() != Access.OPEN) {
            caller = authenticator.authenticate(this, route().access());
        }
    }

    void readQuery() {
        refuseIdempotencyKey();
        query = Query.parse(request.prologue().query().rawValue(), route().parameters());
    }

    /** It would promise what is not kept: that the same request again gives the first answer. */
    private void refuseIdempotencyKey() {
        if (request.headers().contains(IDEMPOTENCY_KEY) && !route().method().equals("GET") && !route().repeatable()) {
            throw ApiException.invalid(
                    "Idempotency-Key",
                    "Idempotency-Key is not taken here, for no answer of this is kept; leave it out");
        }
    }

    /** What the answer's {@code X-Request-Id} says. */
    public String requestId() {
        return requestId;
    }

    /** Who calls. Only on routes that need a key. */
    public Caller caller() {
        return Objects.requireNonNull(caller, "a route without a key has no caller");
    }

    /** Whose data the call is about. Only on routes that need a key. */
    public Owner owner() {
        return caller().owner();
    }

    /** The query, of which all parameters are known. */
    public Query query() {
        return Objects.requireNonNull(query);
    }

    /** The path's variable {@code name}, decoded; slashes and all else that was escaped are in it. */
    public String path(String name) {
        return Percent.decode(name, variables.get(target.names().indexOf(name)), false);
    }

    /**
     * The whole body; no bytes when there is none.
     *
     * @throws ApiException (413) when it is too large
     */
    public byte[] body() {
        if (read == null) {
            read = body.bytes();
        }
        return read;
    }

    /** The body as it comes in, of any size; it fails when the client breaks off or stops sending. */
    public InputStream bodyStream() {
        return body.open();
    }

    /**
     * A request header's value, if it was sent.
     *
     * @throws ApiException (400) when it was sent more than once
     */
    public Optional<String> header(HeaderName name) {
        if (!request.headers().contains(name)) {
            return Optional.empty();
        }
        List<String> values = request.headers().all(name, List::of);
        if (values.size() > 1) {
            throw ApiException.invalid(name.defaultCase(), "header " + name.defaultCase() + " is sent more than once");
        }
        return Optional.of(values.getFirst());
    }

    /** A request header that is a list, its lines joined with commas, if it was sent. */
    public Optional<String> listHeader(HeaderName name) {
        return request.headers().contains(name)
                ? Optional.of(String.join(",", request.headers().all(name, List::of)))
                : Optional.empty();
    }

    /** The address the request came from, without the port. */
    public String remoteAddress() {
        return request.remotePeer().host();
    }

    /** Sets a header of the answer. */
    public RequestContext header(Header header) {
        response.header(header);
        if (recorder != null) {
            recorder.header(header.name(), header.get());
        }
        return this;
    }

    /** Sets a header of the answer. */
    public RequestContext header(HeaderName name, String value) {
        return header(HeaderValues.create(name, value));
    }

    /** Answers with {@code status} and JSON in UTF-8. */
    public void json(int status, byte[] json) {
        send(status, JSON, json);
    }

    /** Answers with {@code status} and a body of another kind. */
    public void send(int status, Header contentType, byte[] bytes) {
        header(contentType);
        if (recorder != null) {
            write(recorder.whole(status, bytes));
            return;
        }
        response.status(Status.create(status));
        if (request.prologue().method().text().equals("HEAD")) {
            response.header(HeaderValues.create(HeaderNames.CONTENT_LENGTH, bytes.length));
            response.send(NOTHING);
        } else {
            sendBody(bytes);
        }
    }

    /** Answers what was answered before. */
    public void replay(KeptAnswer kept) {
        header(REPLAYED, "true");
        write(kept);
    }

    private void write(KeptAnswer kept) {
        kept.headers().lines().forEach(line -> {
            int colon = line.indexOf(':');
            response.header(HeaderValues.create(
                    HeaderNames.create(line.substring(0, colon)),
                    line.substring(colon + 1).strip()));
        });
        response.status(Status.create(kept.status()));
        if (kept.status() == Status.NO_CONTENT_204.code()) {
            response.send();
        } else {
            sendBody(kept.body());
        }
    }

    /** What fits the socket's buffer goes out at once; more than that takes a client that reads. */
    @SuppressWarnings("try") // the guard only has to be there
    private void sendBody(byte[] bytes) {
        if (bytes.length <= UNGUARDED) {
            response.send(bytes);
            return;
        }
        try (Watchdog.Guard guard = watchdog.guard(sendTime)) {
            response.send(bytes);
        }
    }

    /** Answers with a status that has no body, such as 204 or 304. */
    public void empty(int status) {
        if (recorder != null) {
            recorder.whole(status, NOTHING);
        }
        response.status(Status.create(status)).send();
    }

    /**
     * Answers with a body of a length not known yet. Closing the stream ends the answer. A piece that the client does not
     * take in time ends the connection: the write fails.
     *
     * @param status the status
     * @param contentType the kind of body
     */
    public OutputStream stream(int status, Header contentType) {
        if (request.prologue().method().text().equals("HEAD")) {
            response.header(contentType).status(Status.create(status)).send();
            return OutputStream.nullOutputStream();
        }
        header(contentType);
        OutputStream out = response.status(Status.create(status)).outputStream();
        OutputStream guarded = new GuardedStream(out, watchdog, sendTime);
        return recorder == null ? guarded : recorder.pieces(status, guarded);
    }
}
