package dev.verbatim.server.insight;

import dev.verbatim.ConversationGoneException;
import dev.verbatim.HistoryStore;
import dev.verbatim.insight.Answered;
import dev.verbatim.insight.AnsweredQuery;
import dev.verbatim.insight.Insights;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.JsonOut;
import dev.verbatim.server.http.Lists;
import dev.verbatim.server.http.RequestContext;
import dev.verbatim.server.http.Routes;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Takes query logs and lists them. */
public final class InsightRoutes {
    private static final String SLOWEST = "-response_time_ms";

    private final @Nullable Insights insights;
    private final int keepDays;

    private InsightRoutes(@Nullable Insights insights, int keepDays) {
        this.insights = insights;
        this.keepDays = keepDays;
    }

    /**
     * Adds all routes of query logs and analytics.
     *
     * @param keepDays for how many days logs are kept; 0 for ever
     * @return who takes the logs of what is answered here
     */
    public static QueryLogs register(Routes routes, HistoryStore store, int keepDays, MeterRegistry registry) {
        Optional<Insights> kept = store.insights();
        InsightRoutes handlers = new InsightRoutes(kept.orElse(null), keepDays);
        routes.add("POST", "/api/query-logs", Access.USER, handlers::take)
                .add(
                        "GET",
                        "/api/query-logs",
                        Access.USER,
                        handlers::list,
                        "from",
                        "to",
                        "recommendation",
                        "sort",
                        "limit",
                        "after");
        AnalyticsRoutes.register(routes, handlers::insights);
        kept.ifPresent(insights -> {
            insights.keepDays(keepDays);
            FunctionCounter.builder("verbatim.query.logs.dropped", insights, Insights::dropped)
                    .description("Query logs of answers given here that were dropped, because too many waited")
                    .register(registry);
        });
        return kept.<QueryLogs>map(StoredQueryLogs::new).orElse(QueryLogs.NONE);
    }

    private Insights insights() {
        if (insights == null) {
            throw new ApiException(
                    503,
                    "server_error",
                    "unavailable",
                    null,
                    "no query logs are kept while STORE_MODE is memory; set it to hybrid or dual");
        }
        return insights;
    }

    private void take(RequestContext request) {
        List<Answered> logs = new LogBodies(request.owner(), Instant.now(), keepDays).parse(request.body());
        try {
            insights().store(logs);
        } catch (ConversationGoneException e) {
            throw new ApiException(
                    410,
                    "not_found_error",
                    "gone",
                    null,
                    "the user was erased within the last day; POST /api/conversations makes the user known again");
        }
        request.json(202, new JsonOut().member("accepted", logs.size()).end().bytes());
    }

    private void list(RequestContext request) {
        AnsweredQuery query = new AnsweredQuery(
                Parameters.whose(request),
                Parameters.time(request, "from"),
                Parameters.time(request, "to"),
                Parameters.recommendation(request),
                slowestFirst(request),
                request.query().limit(),
                request.query().text("after").orElse(null));
        request.json(200, Lists.json(insights().list(query), InsightRoutes::json));
    }

    private static boolean slowestFirst(RequestContext request) {
        Optional<String> sort = request.query().text("sort");
        if (sort.isPresent() && !sort.get().equals(SLOWEST)) {
            throw ApiException.invalid("sort", "sort must be " + SLOWEST + ", or left out for the newest first");
        }
        return sort.isPresent();
    }

    private static JsonOut json(Answered log) {
        return new JsonOut()
                .member("id", log.id().toString())
                .member("user_id", log.owner().id().toString())
                .member("created_at", log.createdAt())
                .member("query", log.query())
                .member("response_time_ms", log.responseTimeMs())
                .raw("tokens_used", String.valueOf(log.tokensUsed()))
                .member("conversation_id", log.conversationId())
                .raw("retrieval_quality", String.valueOf(log.retrievalQuality()))
                .member(
                        "recommendation",
                        log.recommendation() == null
                                ? null
                                : log.recommendation().name())
                .raw("refinement_count", String.valueOf(log.refinementCount()))
                .raw("contexts_retrieved", String.valueOf(log.contextsRetrieved()))
                .member("model", log.model())
                .end();
    }
}
