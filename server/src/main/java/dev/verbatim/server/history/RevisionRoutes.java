package dev.verbatim.server.history;

import dev.verbatim.AppendOptions;
import dev.verbatim.Conversation;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.Edited;
import dev.verbatim.HistoryStore;
import dev.verbatim.MessageEdit;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.JsonBody;
import dev.verbatim.server.http.Percent;
import dev.verbatim.server.http.RequestContext;
import dev.verbatim.server.http.Routes;
import io.helidon.http.HeaderNames;
import java.util.OptionalLong;

/** Changes what is stored otherwise than by appends: edits a message, cuts a history off, forks it. */
public final class RevisionRoutes {
    private static final String ONE = "/api/conversations/{id}";

    private final HistoryStore store;

    private RevisionRoutes(HistoryStore store) {
        this.store = store;
    }

    /** Adds the routes. */
    public static void register(Routes routes, HistoryStore store) {
        RevisionRoutes handlers = new RevisionRoutes(store);
        routes.add("PATCH", ONE + "/messages/{message_id}", Access.USER, handlers::edit)
                .add("DELETE", ONE + "/messages", Access.USER, handlers::truncate, "after_seq")
                .add("POST", ONE + "/fork", Access.USER, handlers::fork);
    }

    private void edit(RequestContext request) {
        String id = Ids.conversation(request);
        String messageId = request.path("message_id");
        MessageEdit edit = MessageBodies.edit(request.body());
        OptionalLong gen = ifMatch(request, id);
        if (gen.isPresent()) {
            edit = edit.ifGen(gen.getAsLong());
        }
        Edited edited = request.once(store)
                .edit(request.owner(), id, messageId, edit)
                .orElseThrow(() -> MessageRoutes.notFound(messageId));
        request.header(HeaderNames.ETAG, ETags.of(edited.gen(), edited.lastSeq()))
                .json(200, edited.message().bytes());
    }

    private void truncate(RequestContext request) {
        String id = Ids.conversation(request);
        OptionalLong after = request.query().number("after_seq", 0, MessageRoutes.LARGEST);
        if (after.isEmpty()) {
            throw ApiException.invalid(
                    "after_seq", "after_seq is missing; it must be the number of the last message to keep, 0 for none");
        }
        Conversation left =
                request.once(store).truncate(request.owner(), id, after.getAsLong(), only(ifMatch(request, id)));
        request.header(HeaderNames.ETAG, ETags.of(left.gen(), left.lastSeq()))
                .json(200, ConversationRoutes.json(left).bytes());
    }

    private void fork(RequestContext request) {
        String id = Ids.conversation(request);
        OptionalLong at = JsonBody.parse(request.body(), "at_seq").number("at_seq", 0, MessageRoutes.LARGEST);
        Conversation fork = request.once(store).fork(request.owner(), id, at, only(ifMatch(request, id)));
        request.about(fork.id());
        request.header(HeaderNames.LOCATION, "/api/conversations/" + Percent.encode(fork.id()))
                .json(201, ConversationRoutes.json(fork).bytes());
    }

    private static AppendOptions only(OptionalLong gen) {
        return new AppendOptions(false, gen, false, false);
    }

    private OptionalLong ifMatch(RequestContext request, String id) {
        return IfMatch.generation(
                request,
                () -> store.get(request.owner(), id)
                        .orElseThrow(() -> new ConversationNotFoundException(id))
                        .gen());
    }
}
