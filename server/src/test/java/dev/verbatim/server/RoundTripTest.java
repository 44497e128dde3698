package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Accounts.Role;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.Owner;
import dev.verbatim.server.TestClient.Answer;
import dev.verbatim.server.history.ConversationRoutes;
import dev.verbatim.server.history.MessageRoutes;
import dev.verbatim.server.history.ReadAnswers;
import dev.verbatim.server.http.Caller;
import dev.verbatim.server.http.HttpMetrics;
import dev.verbatim.server.http.HttpServer;
import dev.verbatim.server.http.Limits;
import dev.verbatim.server.http.Routes;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Set;
import org.junit.jupiter.api.Test;

class RoundTripTest {
    @Test
    void aConversationComesBack() {
        HttpMetrics metrics = new HttpMetrics(new SimpleMeterRegistry());
        Routes routes = new Routes(metrics);
        InMemoryHistoryStore store = new InMemoryHistoryStore();
        ConversationRoutes.register(routes, store);
        MessageRoutes.register(routes, store, new ReadAnswers(metrics));
        Caller caller = new Caller(Role.USER, Owner.named("anna"));
        try (HttpServer server = HttpServer.start(new HttpServer.Config(
                "127.0.0.1", 0, Set.of(), routes, (request, access) -> caller, metrics, Limits.DEFAULT))) {
            TestClient client = new TestClient("http://127.0.0.1:" + server.port());
            assertThat(client.post("/api/conversations", "{\"id\":\"a/b\"}").status())
                    .isEqualTo(201);
            Answer stored = client.post(
                    "/api/conversations/a%2Fb/messages", "{\"role\":\"user\",\"content\":\"hi\",\"x\":1.0}");
            assertThat(stored.status()).isEqualTo(201);
            Answer read = client.get("/api/conversations/a%2Fb/messages");
            assertThat(read.text()).contains("\"content\":\"hi\",\"x\":1.0");
            assertThat(read.header("ETag")).matches("\"[0-9a-f]+-[0-9]+-1\"");
            assertThat(client.get("/nothing").status()).isEqualTo(404);
        }
    }
}
