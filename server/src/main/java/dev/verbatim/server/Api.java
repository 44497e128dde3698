package dev.verbatim.server;

import dev.verbatim.Accounts;
import dev.verbatim.HistoryStore;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.SecretHash;
import dev.verbatim.StoreListener;
import dev.verbatim.server.agent.Agent;
import dev.verbatim.server.auth.Callers;
import dev.verbatim.server.auth.KeyRoutes;
import dev.verbatim.server.auth.LoginRoutes;
import dev.verbatim.server.auth.Passwords;
import dev.verbatim.server.auth.Principals;
import dev.verbatim.server.auth.UserRoutes;
import dev.verbatim.server.chat.ChatRoutes;
import dev.verbatim.server.chat.ChatService;
import dev.verbatim.server.doctor.DoctorRoutes;
import dev.verbatim.server.exporting.ExportRoutes;
import dev.verbatim.server.history.ConversationRoutes;
import dev.verbatim.server.history.MessageRoutes;
import dev.verbatim.server.history.ReadAnswers;
import dev.verbatim.server.history.RevisionRoutes;
import dev.verbatim.server.http.HttpMetrics;
import dev.verbatim.server.http.HttpServer;
import dev.verbatim.server.http.Limits;
import dev.verbatim.server.http.Routes;
import dev.verbatim.server.idempotency.RepeatableRoutes;
import dev.verbatim.server.importing.ImportRoutes;
import dev.verbatim.server.insight.InsightRoutes;
import dev.verbatim.server.insight.QueryLogs;
import dev.verbatim.server.migration.MigrationRoutes;
import dev.verbatim.server.pages.PageRoutes;
import dev.verbatim.server.search.SearchRoutes;
import dev.verbatim.server.telemetry.ProcessMetrics;
import dev.verbatim.server.telemetry.RequestSpans;
import dev.verbatim.server.telemetry.StoreMetrics;
import dev.verbatim.server.telemetry.StoreSpans;
import dev.verbatim.server.telemetry.Traces;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.function.LongSupplier;
import org.jspecify.annotations.Nullable;

/** The whole HTTP API over a store: every route is registered here. */
final class Api {
    private final ServerConfig config;
    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final HttpMetrics metrics = new HttpMetrics(registry);
    private final Principals principals;
    private final Traces traces;
    private final Routes routes = new Routes(metrics);

    Api(ServerConfig config, HistoryStore store, Accounts accounts) {
        this(config, store, accounts, new Passwords(), System::nanoTime);
    }

    Api(ServerConfig config, HistoryStore store, Accounts accounts, Passwords passwords, LongSupplier clock) {
        this(config, store, accounts, passwords, clock, Traces.NONE);
    }

    Api(ServerConfig config, HistoryStore store, Accounts accounts, Traces traces) {
        this(config, store, accounts, new Passwords(), System::nanoTime, traces);
    }

    private Api(
            ServerConfig config,
            HistoryStore store,
            Accounts accounts,
            Passwords passwords,
            LongSupplier clock,
            Traces traces) {
        this.config = config;
        this.traces = traces;
        if (traces.on()) {
            metrics.observeBy(new RequestSpans(traces));
        }
        this.principals = new Principals(accounts);
        PageRoutes.register(routes);
        OperationRoutes.register(routes, store, registry);
        LoginRoutes.register(routes, accounts, principals, passwords, clock);
        UserRoutes.register(routes, accounts, store, principals, passwords);
        KeyRoutes.register(routes, accounts, principals);
        ConversationRoutes.register(routes, store);
        MessageRoutes.register(routes, store, new ReadAnswers(metrics));
        RevisionRoutes.register(routes, store);
        ExportRoutes.register(routes, store);
        ImportRoutes.register(routes, store, config.dataDirectory());
        MigrationRoutes.register(routes, config.storeMode(), store, registry);
        SearchRoutes.register(routes, store);
        DoctorRoutes.register(routes, config, store);
        QueryLogs logs = InsightRoutes.register(routes, store, config.queryLogRetentionDays(), registry);
        ChatService chat = ChatService.of(
                store, config.model(), config.sessionMaxMessages(), traces.on() ? traces.tracer() : null);
        ChatRoutes.register(routes, "/chat", chat, logs);
        ChatRoutes.register(routes, "/chat/agent", chat.helpedBy(new Agent(store)), logs);
        RepeatableRoutes.register(routes, store);
    }

    Routes routes() {
        return routes;
    }

    /** Also tells what {@code hybrid} does, and what this process takes. */
    void measure(HybridHistoryStore hybrid) {
        ProcessMetrics.bind(registry);
        StoreListener numbers = new StoreMetrics(registry, hybrid::load);
        hybrid.listen(traces.on() ? new StoreSpans(traces, numbers) : numbers);
    }

    /** Starts to listen; closing the server ends it. */
    HttpServer start(Limits limits) {
        @Nullable String key = config.adminKey();
        Callers callers = new Callers(principals, key == null ? null : SecretHash.of(key));
        return HttpServer.start(new HttpServer.Config(
                config.host(), config.port(), config.corsOrigins(), routes, callers, metrics, limits));
    }
}
