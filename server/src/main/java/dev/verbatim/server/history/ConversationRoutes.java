package dev.verbatim.server.history;

import dev.verbatim.AppendOptions;
import dev.verbatim.Conversation;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.ConversationUpdate;
import dev.verbatim.Created;
import dev.verbatim.HistoryStore;
import dev.verbatim.ListQuery;
import dev.verbatim.NewConversation;
import dev.verbatim.Times;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.JsonBody;
import dev.verbatim.server.http.JsonOut;
import dev.verbatim.server.http.Lists;
import dev.verbatim.server.http.Percent;
import dev.verbatim.server.http.RequestContext;
import dev.verbatim.server.http.Routes;
import io.helidon.http.HeaderNames;
import java.time.Instant;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Makes, shows, lists, changes and deletes conversations. */
public final class ConversationRoutes {
    private static final String ONE = "/api/conversations/{id}";
    private static final int LONGEST_SEARCH = 1_000;

    private final HistoryStore store;

    private ConversationRoutes(HistoryStore store) {
        this.store = store;
    }

    /** Adds the routes. */
    public static void register(Routes routes, HistoryStore store) {
        ConversationRoutes handlers = new ConversationRoutes(store);
        routes.add("POST", "/api/conversations", Access.USER, handlers::create)
                .add("GET", "/api/conversations", Access.USER, handlers::list, "limit", "after", "q")
                .add("GET", ONE, Access.USER, handlers::get)
                .add("PATCH", ONE, Access.USER, handlers::update)
                .add("DELETE", ONE, Access.USER, handlers::delete);
    }

    private void create(RequestContext request) {
        JsonBody body = JsonBody.parse(request.body(), "id", "title", "metadata", "created_at");
        Created made = request.once(store)
                .create(
                        request.owner(),
                        new NewConversation(
                                text(body, "id"),
                                text(body, "title"),
                                object(body, "metadata"),
                                time(body, "created_at")));
        Conversation conversation = made.conversation();
        request.about(conversation.id());
        request.header(HeaderNames.LOCATION, "/api/conversations/" + Percent.encode(conversation.id()))
                .json(made.created() ? 201 : 200, json(conversation).bytes());
    }

    private void list(RequestContext request) {
        @Nullable String search = request.query().text("q").orElse(null);
        if (search != null && (search.isEmpty() || search.codePointCount(0, search.length()) > LONGEST_SEARCH)) {
            throw ApiException.invalid("q", "q must have 1 to " + LONGEST_SEARCH + " characters");
        }
        @Nullable String after = request.query().text("after").orElse(null);
        ListQuery query = new ListQuery(request.query().limit(), after, search);
        request.json(200, Lists.json(store.list(request.owner(), query), ConversationRoutes::listed));
    }

    private void get(RequestContext request) {
        request.json(200, json(existing(request)).bytes());
    }

    private void update(RequestContext request) {
        byte[] json = request.body();
        if (json.length == 0) {
            throw ApiException.invalid("body", "the body is missing; it must be a JSON object with title or metadata");
        }
        JsonBody body = JsonBody.parse(json, "title", "metadata");
        ConversationUpdate update = ConversationUpdate.NONE;
        if (body.has("title")) {
            update = update.title(text(body, "title"));
        }
        if (body.has("metadata")) {
            update = update.metadata(object(body, "metadata"));
        }
        OptionalLong gen = ifMatch(request);
        if (gen.isPresent()) {
            update = update.ifGen(gen.getAsLong());
        }
        request.json(
                200,
                json(request.once(store).update(request.owner(), Ids.conversation(request), update))
                        .bytes());
    }

    private void delete(RequestContext request) {
        String id = Ids.conversation(request);
        if (!request.once(store)
                .delete(request.owner(), id, new AppendOptions(false, ifMatch(request), false, false))) {
            throw new ConversationNotFoundException(id);
        }
        request.empty(204);
    }

    private Conversation existing(RequestContext request) {
        String id = Ids.conversation(request);
        return store.get(request.owner(), id).orElseThrow(() -> new ConversationNotFoundException(id));
    }

    private OptionalLong ifMatch(RequestContext request) {
        return IfMatch.generation(request, () -> existing(request).gen());
    }

    private static @Nullable String text(JsonBody body, String name) {
        return body.text(name).orElse(null);
    }

    private static @Nullable Instant time(JsonBody body, String name) {
        return body.text(name).map(text -> Times.parse(name, text)).orElse(null);
    }

    private static @Nullable String object(JsonBody body, String name) {
        return body.object(name).orElse(null);
    }

    static JsonOut json(Conversation conversation) {
        return members(conversation).end();
    }

    private static JsonOut listed(Conversation conversation) {
        return members(conversation).member("preview", conversation.preview()).end();
    }

    private static JsonOut members(Conversation conversation) {
        return new JsonOut()
                .member("id", conversation.id())
                .member("title", conversation.title())
                .member("message_count", conversation.lastSeq())
                .member("last_seq", conversation.lastSeq())
                .member("gen", conversation.gen())
                .raw("metadata", conversation.metadata())
                .member("created_at", conversation.createdAt())
                .member("updated_at", conversation.updatedAt());
    }
}
