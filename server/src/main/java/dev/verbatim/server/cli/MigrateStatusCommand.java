package dev.verbatim.server.cli;

import dev.verbatim.server.Main;
import dev.verbatim.server.ServerConfig;
import dev.verbatim.server.importing.ImportStoppedException;
import dev.verbatim.server.migration.SessionFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./verbatim migrate status}: in which mode the service runs, and what it found to differ. */
@Command(
        name = "status",
        description = "Says in which STORE_MODE the service at HOST:PORT runs, and which conversations differ in dual.",
        footer = {"", "Exit status: 0 nothing differs; 2 something does; 1 the service cannot be asked."},
        mixinStandardHelpOptions = true)
final class MigrateStatusCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        ServerConfig config = Main.config(spec);
        URI service = ServiceAddress.of(config);
        PrintWriter out = spec.commandLine().getOut();
        try {
            if (!ServiceAddress.isRunning(service)) {
                SessionFile file = new SessionFile(config.dataDirectory());
                out.println("no service runs at " + service + "; "
                        + (file.exists()
                                ? "the sessions that memory left wait in " + file.path() + " for its next start"
                                : "memory left no sessions in " + config.dataDirectory()));
                return 1;
            }
            return print(ask(service, ServiceAddress.adminKey(config)), out);
        } catch (ImportStoppedException e) {
            spec.commandLine().getErr().println("verbatim: " + e.getMessage());
            return 1;
        }
    }

    private static JsonNode ask(URI service, String key) {
        HttpRequest request = HttpRequest.newBuilder(service.resolve("/api/admin/migration"))
                .header("Authorization", "Bearer " + key)
                .timeout(LIMIT)
                .build();
        try (HttpClient http = HttpClient.newHttpClient()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            if (answer.statusCode() != 200) {
                throw new ImportStoppedException("the service at " + service + " answered " + answer.statusCode()
                        + "; the key must be an admin's: VERBATIM_ADMIN_KEY, else api-key in its data directory");
            }
            return JsonMapper.shared().readTree(answer.body());
        } catch (IOException e) {
            throw new ImportStoppedException("the service at " + service + " does not answer");
        } catch (InterruptedException e) {
            throw new ImportStoppedException("interrupted");
        }
    }

    private static int print(JsonNode status, PrintWriter out) {
        long differences = status.path("differences").asLong();
        out.println("STORE_MODE=" + status.path("mode").asString() + ": "
                + status.path("comparisons").asLong() + " answers compared, " + differences + " differed");
        for (JsonNode one : status.path("conversations")) {
            String user = one.path("user").isString() ? "user" : "user_id";
            out.println(one.path("last_at").asString() + "  " + one.path(user).asString() + "  "
                    + one.path("conversation_id").asString() + "  "
                    + one.path("what").asString() + " ("
                    + one.path("times").asLong() + " times)");
        }
        return differences == 0 ? 0 : 2;
    }
}
