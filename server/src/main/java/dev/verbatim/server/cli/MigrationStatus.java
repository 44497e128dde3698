package dev.verbatim.server.cli;

import dev.verbatim.server.importing.ImportStoppedException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What a service says of its {@code STORE_MODE}, and of what differs. */
final class MigrationStatus {
    private static final Duration LIMIT = Duration.ofSeconds(30);

    private MigrationStatus() {}

    /**
     * Asks it.
     *
     * @throws ImportStoppedException when it does not say
     */
    static JsonNode of(URI service, String key) {
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
}
