package dev.verbatim.server.chat;

import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.Errors;
import dev.verbatim.server.http.RequestContext;
import dev.verbatim.server.http.Routes;
import dev.verbatim.server.insight.QueryLogs;
import io.helidon.http.Header;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import java.nio.charset.StandardCharsets;
import java.util.Objects;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Answers {@code POST /chat}, and other paths in the same way. */
public final class ChatRoutes {
    private static final Logger LOG = LoggerFactory.getLogger(ChatRoutes.class);
    private static final Header EVENTS = HeaderValues.createCached(HeaderNames.CONTENT_TYPE, "text/event-stream");
    private static final Header NOT_KEPT = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "no-store");

    /** Asks proxies such as nginx to pass each event on at once. */
    private static final Header UNBUFFERED = HeaderValues.createCached("X-Accel-Buffering", "no");

    private final ChatService chat;
    private final QueryLogs logs;

    private ChatRoutes(ChatService chat, QueryLogs logs) {
        this.chat = chat;
        this.logs = logs;
    }

    /** Adds a path whose answers {@code chat} gives, and {@code logs} are told of. */
    public static void register(Routes routes, String path, ChatService chat, QueryLogs logs) {
        routes.add("POST", path, Access.USER, new ChatRoutes(chat, logs)::chat, "create");
    }

    private void chat(RequestContext request) {
        ChatRequest sent =
                ChatRequestParser.parse(request.body(), request.query().flag("create"));
        ChatRequest asked = request.claim().map(sent::identified).orElse(sent);
        try {
            if (asked.stream()) {
                stream(request, asked);
            } else {
                whole(request, asked);
            }
        } catch (ModelException e) {
            throw refusal(e, request.requestId());
        } catch (ConversationNotFoundException e) {
            throw ApiException.notMade(e);
        } catch (ClientGoneException e) {
            throw new CloseConnectionException("the client hung up", e);
        }
    }

    private void whole(RequestContext request, ChatRequest asked) {
        AnswerLog log = new AnswerLog(request.owner(), asked, System.nanoTime());
        ChatReply reply = chat.answer(request.owner(), asked);
        request.about(reply.conversationId());
        log.of(reply).ifPresent(logs::log);
        if (reply.replayed()) {
            request.header(RequestContext.REPLAYED, "true");
        }
        request.json(200, reply.json().getBytes(StandardCharsets.UTF_8));
    }

    private void stream(RequestContext request, ChatRequest asked) {
        AnswerLog log = new AnswerLog(request.owner(), asked, System.nanoTime());
        SseWriter events = new SseWriter(() -> request.header(NOT_KEPT).header(UNBUFFERED).stream(200, EVENTS));
        try {
            ChatReply reply = chat.stream(request.owner(), asked, new LoggedEvents(events, log, logs));
            request.about(reply.conversationId());
            log.of(reply).ifPresent(logs::log);
            events.end(reply);
        } catch (ClientGoneException e) {
            throw e;
        } catch (RuntimeException e) {
            if (!events.begun()) {
                throw e;
            }
            request.failed();
            events.fail(new String(Errors.json(foreseen(e, request.requestId())), StandardCharsets.UTF_8));
        }
    }

    private static ApiException foreseen(RuntimeException failure, String requestId) {
        return failure instanceof ModelException e ? refusal(e, requestId) : Errors.of(failure, requestId);
    }

    private static ApiException refusal(ModelException failure, String requestId) {
        LOG.warn("request {}: {}", requestId, failure.getMessage());
        String message = Objects.requireNonNullElse(failure.getMessage(), "the model failed");
        return new ApiException(failure.status(), "model_error", failure.code(), null, message);
    }
}
