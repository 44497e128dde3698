package dev.verbatim.server.search;

import dev.verbatim.HistoryStore;
import dev.verbatim.search.Found;
import dev.verbatim.search.SearchHit;
import dev.verbatim.search.SearchQuery;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.JsonOut;
import dev.verbatim.server.http.Lists;
import dev.verbatim.server.http.RequestContext;
import dev.verbatim.server.http.Routes;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import org.jspecify.annotations.Nullable;

/** Finds what the caller said, and was told. */
public final class SearchRoutes {
    /** On an answer that may lack something: what was brought in lately and is too much to be looked at without an index. */
    private static final HeaderName UNSEARCHED = HeaderNames.create("Search-Incomplete");

    private final HistoryStore store;

    private SearchRoutes(HistoryStore store) {
        this.store = store;
    }

    /** Adds the route. */
    public static void register(Routes routes, HistoryStore store) {
        routes.add("GET", "/api/search", Access.USER, new SearchRoutes(store)::search, "q", "limit", "after");
    }

    private void search(RequestContext request) {
        String words = request.query()
                .text("q")
                .orElseThrow(() -> ApiException.invalid("q", "q is missing; it says what to look for"));
        @Nullable String after = request.query().text("after").orElse(null);
        Found found = store.search(
                request.owner(), SearchQuery.of(words, request.query().limit(), after));
        if (found.unsearched()) {
            request.header(UNSEARCHED, "not indexed yet");
        }
        request.json(200, Lists.json(found.page(), SearchRoutes::json));
    }

    private static JsonOut json(SearchHit hit) {
        JsonOut out = new JsonOut()
                .member("conversation_id", hit.conversationId())
                .member("title", hit.title())
                .member("message_id", hit.messageId());
        return (hit.messageId() == null ? out.raw("seq", "null") : out.member("seq", hit.seq()))
                .member("role", hit.role())
                .member("snippet", hit.snippet())
                .raw("rank", Double.toString(hit.rank()))
                .member("created_at", hit.createdAt())
                .end();
    }
}
