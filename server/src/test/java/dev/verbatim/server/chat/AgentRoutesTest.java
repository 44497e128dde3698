package dev.verbatim.server.chat;

import static dev.verbatim.server.chat.FakeModelServer.completion;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Accounts.Role;
import dev.verbatim.AppendOptions;
import dev.verbatim.NewMessage;
import dev.verbatim.server.TestClient;
import dev.verbatim.server.TestClient.Answer;
import dev.verbatim.server.agent.Agent;
import dev.verbatim.server.http.Caller;
import dev.verbatim.server.http.HttpMetrics;
import dev.verbatim.server.http.HttpServer;
import dev.verbatim.server.http.Limits;
import dev.verbatim.server.http.Routes;
import dev.verbatim.server.insight.QueryLog;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** The agent over HTTP, and the logs it writes. */
class AgentRoutesTest extends ChatTest {
    private static final String ASK =
            "{\"conversation_id\":\"now\",\"messages\":[{\"id\":\"u1\",\"role\":\"user\",\"content\":\"Which hotel in Lisbon?\"}]}";

    private final List<QueryLog> logs = new CopyOnWriteArrayList<>();
    private final HttpServer http = serve();
    private final TestClient client = new TestClient("http://127.0.0.1:" + http.port());

    AgentRoutesTest() throws IOException {}

    private HttpServer serve() {
        HttpMetrics metrics = new HttpMetrics(new SimpleMeterRegistry());
        Routes routes = new Routes(metrics);
        ChatRoutes.register(routes, "/chat/agent", chat.helpedBy(new Agent(store)), logs::add);
        store.append(ANN, "trip", List.of(NewMessage.of("user", "the hotel Avenida in Lisbon")), AppendOptions.CREATE);
        Caller caller = new Caller(Role.USER, ANN);
        return HttpServer.start(new HttpServer.Config(
                "127.0.0.1", 0, Set.of(), routes, (request, access) -> caller, metrics, Limits.DEFAULT));
    }

    @AfterEach
    void stopServing() {
        http.close();
    }

    @Test
    void anAnswerSaysWhatItIsMadeOf() {
        server.completes(completion("{\"content\":\"Avenida\"}"));
        Answer answer = client.post("/chat/agent?create=true", ASK);
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().propertyNames())
                .containsExactly(
                        "conversation_id",
                        "message",
                        "usage",
                        "latency_ms",
                        "history",
                        "contexts",
                        "retrieval_quality",
                        "recommendation",
                        "refinement_count");
        assertThat(answer.json().at("/contexts/0").propertyNames())
                .containsExactly(
                        "conversation_id", "title", "message_id", "seq", "role", "text", "created_at", "score");
    }

    @Test
    void eachAnswerIsLoggedOnce() {
        server.completes(completion("{\"content\":\"Avenida\"}"));
        client.post("/chat/agent?create=true", ASK);
        client.post("/chat/agent", ASK);
        assertThat(logs).hasSize(1);
        QueryLog log = logs.getFirst();
        assertThat(log.owner()).isEqualTo(ANN);
        assertThat(log.query()).isEqualTo("Which hotel in Lisbon?");
        assertThat(log.conversationId()).isEqualTo("now");
        assertThat(log.recommendation()).isEqualTo("ANSWER");
        assertThat(log.retrievalQuality()).isBetween(0.8, 1.0);
        assertThat(log.contextsRetrieved()).isEqualTo(1);
        assertThat(log.refinementCount()).isZero();
        assertThat(log.tokensUsed()).isEqualTo(15L);
        assertThat(log.model()).isEqualTo("test-model-1");
        assertThat(log.responseTimeMs()).isNotNegative();
    }

    @Test
    void aStreamEndsWithTheFindingsAndIsLogged() {
        server.streams(FakeModelServer.chunkOf("{\"content\":\"Avenida\"}"));
        String answer = client.post("/chat/agent?create=true", ASK.replace("{\"conv", "{\"stream\":true,\"conv"))
                .text();
        assertThat(answer)
                .contains("data: {\"delta\":\"Avenida\"}", "\"recommendation\":\"ANSWER\"", "\"contexts\":[{");
        assertThat(logs).extracting(QueryLog::recommendation).containsExactly("ANSWER");
    }

    @Test
    void whatWasNotAnsweredIsNotLogged() {
        server.does(exchange -> exchange.answer(500, "application/json", "{}"));
        assertThat(client.post("/chat/agent?create=true", ASK).status()).isEqualTo(502);
        assertThat(logs).isEmpty();
    }
}
