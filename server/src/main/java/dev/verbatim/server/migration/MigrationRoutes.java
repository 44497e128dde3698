package dev.verbatim.server.migration;

import dev.verbatim.HistoryStore;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.JsonOut;
import dev.verbatim.server.http.Routes;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.MeterRegistry;
import java.util.stream.Collectors;

/** Says how far a move is: what was compared, and where it was not the same. */
public final class MigrationRoutes {
    private final String mode;
    private final Differences differences;

    private MigrationRoutes(String mode, Differences differences) {
        this.mode = mode;
        this.differences = differences;
    }

    /** Adds the route; with a store that compares also what is measured of it. */
    public static void register(Routes routes, String mode, HistoryStore store, MeterRegistry registry) {
        Differences differences = new Differences();
        if (store instanceof DualHistoryStore dual) {
            differences = dual.differences();
            count(registry, "verbatim.dual.comparisons", "Answers compared with memory", differences, true);
            count(registry, "verbatim.dual.differences", "Answers that memory had otherwise", differences, false);
        }
        MigrationRoutes handlers = new MigrationRoutes(mode, differences);
        routes.add("GET", "/api/admin/migration", Access.ADMIN, request -> request.json(200, handlers.status()));
    }

    private static void count(
            MeterRegistry registry, String name, String description, Differences differences, boolean all) {
        FunctionCounter.builder(name, differences, d -> all ? d.comparisons() : d.count())
                .description(description)
                .register(registry);
    }

    private byte[] status() {
        String conversations =
                differences.all().stream().map(MigrationRoutes::json).collect(Collectors.joining(",", "[", "]"));
        return new JsonOut()
                .member("mode", mode)
                .member("comparisons", differences.comparisons())
                .member("differences", differences.count())
                .raw("conversations", conversations)
                .end()
                .bytes();
    }

    private static String json(Differences.Difference difference) {
        return new JsonOut()
                .member("conversation_id", difference.conversationId())
                .member("user_id", difference.owner().id().toString())
                .member("user", difference.owner().name())
                .member("what", difference.what())
                .member("times", difference.times())
                .member("first_at", difference.firstAt())
                .member("last_at", difference.lastAt())
                .end()
                .text();
    }
}
