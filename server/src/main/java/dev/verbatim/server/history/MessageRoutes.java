package dev.verbatim.server.history;

import dev.verbatim.AppendOptions;
import dev.verbatim.Appended;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.HistoryStore;
import dev.verbatim.Message;
import dev.verbatim.NewMessage;
import dev.verbatim.Slice;
import dev.verbatim.Window;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.Query;
import dev.verbatim.server.http.RequestContext;
import dev.verbatim.server.http.Routes;
import dev.verbatim.server.window.WindowReader;
import io.helidon.http.HeaderNames;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;

/** Stores and reads messages. */
public final class MessageRoutes {
    private static final String MANY = "/api/conversations/{id}/messages";
    private static final long MOST_TOKENS = 100_000_000;

    /** The largest number a query may name. */
    static final long LARGEST = 999_999_999_999_999_999L;

    private final HistoryStore store;
    private final ReadAnswers answers;
    private final WindowReader windows;

    private MessageRoutes(HistoryStore store, ReadAnswers answers) {
        this.store = store;
        this.answers = answers;
        this.windows = new WindowReader(store);
    }

    /** Adds the routes. */
    public static void register(Routes routes, HistoryStore store, ReadAnswers answers) {
        MessageRoutes handlers = new MessageRoutes(store, answers);
        routes.add("POST", MANY, Access.USER, handlers::append, "create", "ack", "moved")
                .add(
                        "GET",
                        MANY,
                        Access.USER,
                        handlers::read,
                        "limit",
                        "after",
                        "before",
                        "order",
                        "min_seq",
                        "max_tokens")
                .add("GET", MANY + "/{message_id}", Access.USER, handlers::one);
    }

    private void append(RequestContext request) {
        String id = Ids.conversation(request);
        boolean create = request.query().flag("create");
        List<NewMessage> messages = MessageBodies.parse(request.body());
        OptionalLong gen = IfMatch.generation(request, () -> currentGeneration(request, id));
        AppendOptions options = new AppendOptions(
                create && gen.isEmpty(),
                gen,
                coherent(request.query()),
                request.query().flag("moved"));
        Appended appended = append(request, id, messages, options);
        request.header(HeaderNames.ETAG, ETags.of(appended.gen(), appended.lastSeq()))
                .json(201, ReadAnswers.appended(appended));
    }

    private Appended append(RequestContext request, String id, List<NewMessage> messages, AppendOptions options) {
        try {
            return request.once(store).append(request.owner(), id, messages, options);
        } catch (ConversationNotFoundException e) {
            throw ApiException.notMade(e);
        }
    }

    private static boolean coherent(Query query) {
        String ack = query.text("ack").orElse("durable");
        if (!ack.equals("durable") && !ack.equals("coherent")) {
            throw ApiException.invalid("ack", "ack must be durable or coherent");
        }
        return ack.equals("coherent");
    }

    private long currentGeneration(RequestContext request, String id) {
        return store.get(request.owner(), id)
                .orElseThrow(() -> new ConversationNotFoundException(id))
                .gen();
    }

    private void read(RequestContext request) {
        Slice slice = slice(request);
        boolean newestFirst = newestFirst(request.query());
        OptionalLong maxTokens = request.query().number("max_tokens", 1, MOST_TOKENS);
        if (maxTokens.isPresent()) {
            if (newestFirst) {
                throw ApiException.invalid(
                        "order", "max_tokens gives messages as a model takes them: order must be asc");
            }
            answers.write(
                    request, windows.read(request.owner(), Ids.conversation(request), slice, maxTokens.getAsLong()));
            return;
        }
        Window window = store.read(request.owner(), Ids.conversation(request), slice);
        answers.write(request, slice, window, newestFirst);
    }

    private static Slice slice(RequestContext request) {
        Query query = request.query();
        return new Slice(
                query.number("after", 0, LARGEST),
                query.number("before", 1, LARGEST),
                query.limit(),
                query.number("min_seq", 0, LARGEST).orElse(0),
                wantsFresh(request));
    }

    private static boolean wantsFresh(RequestContext request) {
        Optional<String> header = request.listHeader(HeaderNames.CACHE_CONTROL);
        if (header.isPresent()) {
            for (String directive : header.get().split(",", -1)) {
                if (directive.strip().toLowerCase(Locale.ROOT).equals("no-cache")) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean newestFirst(Query query) {
        String order = query.text("order").orElse("asc");
        if (!order.equals("asc") && !order.equals("desc")) {
            throw ApiException.invalid("order", "order must be asc or desc");
        }
        return order.equals("desc");
    }

    private void one(RequestContext request) {
        String messageId = request.path("message_id");
        Message message = store.message(request.owner(), Ids.conversation(request), messageId)
                .orElseThrow(() -> notFound(messageId));
        request.json(200, message.bytes());
    }

    static ApiException notFound(String messageId) {
        return ApiException.notFound("no message \"" + messageId + "\" in this conversation");
    }
}
