package dev.verbatim.server.doctor;

import dev.verbatim.StoreStatus;
import dev.verbatim.server.Main;
import dev.verbatim.server.ServerConfig;
import dev.verbatim.server.cli.ServiceAddress;
import java.io.IOException;
import java.io.PrintWriter;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;
import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** {@code ./verbatim doctor}: what is well and what is not. */
@Command(
        name = "doctor",
        description =
                "Looks at PostgreSQL, Redis, the service and this machine, and says of each thing whether it is well,"
                        + " what that means and what to do.",
        footer = {"", "Exit status: 0 all is well; 1 something is not."},
        mixinStandardHelpOptions = true)
public final class DoctorCommand implements Callable<Integer> {
    private static final Duration LIMIT = Duration.ofSeconds(5);

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() throws InterruptedException {
        ServerConfig config = Main.config(spec);
        List<Finding> findings = new Doctor(config, () -> ask(config)).examine();
        PrintWriter out = spec.commandLine().getOut();
        findings.forEach(finding -> print(finding, out));
        long wrong = findings.stream().filter(finding -> !finding.well()).count();
        out.println(wrong == 0 ? "all is well" : wrong + " of " + findings.size() + " are not well");
        out.flush();
        return wrong == 0 ? 0 : 1;
    }

    private static void print(Finding finding, PrintWriter out) {
        out.println((finding.well() ? "yes  " : "NO   ") + finding.question() + ": " + finding.found());
        out.println("     " + finding.meaning());
        if (!finding.remedy().isEmpty()) {
            out.println("     What to do: " + finding.remedy());
        }
    }

    /** What is no Verbatim, or answers nothing, is no service. */
    private static Optional<StoreStatus> ask(ServerConfig config) {
        HttpRequest request = HttpRequest.newBuilder(ServiceAddress.of(config).resolve("/health/ready"))
                .timeout(LIMIT)
                .build();
        try (HttpClient http = HttpClient.newBuilder().connectTimeout(LIMIT).build()) {
            HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
            return status(JsonMapper.shared().readTree(answer.body()));
        } catch (IOException | JacksonException e) {
            return Optional.empty();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return Optional.empty();
        }
    }

    private static Optional<StoreStatus> status(JsonNode health) {
        if (!health.path("changes_behind_ms").isIntegralNumber()) {
            return Optional.empty();
        }
        return Optional.of(new StoreStatus(
                health.path("postgres").asBoolean(),
                health.path("redis").asBoolean(),
                health.path("cache_trusted").asBoolean(),
                Duration.ofMillis(health.path("changes_behind_ms").asLong())));
    }
}
