package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.server.TestClient.Answer;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Chat as part of the whole API, without a model. */
class ChatApiTest {
    private static final String HELLO =
            "{\"conversation_id\":\"c\",\"messages\":[{\"role\":\"user\",\"content\":\"hello\"}]}";

    @Test
    void runsWithoutAModel() {
        try (TestServer server = TestServer.start()) {
            Answer answer = server.as("ann").post("/chat?create=true", HELLO);
            assertThat(answer.status()).as(answer.text()).isEqualTo(200);
            assertThat(answer.json().at("/message/content").asString()).startsWith("No model is set");
            assertThat(server.as("ann")
                            .get("/api/conversations/c")
                            .json()
                            .at("/last_seq")
                            .asInt())
                    .isEqualTo(2);
        }
    }

    @Test
    void isForWhoeverMayCall() {
        try (TestServer server = TestServer.start()) {
            server.as("ann").post("/chat?create=true", HELLO);
            assertThat(server.anonymous().post("/chat", HELLO).status()).isEqualTo(401);
            assertThat(server.as("bob").post("/chat", HELLO).status()).isEqualTo(404);
        }
    }

    @Test
    void aWrongModelSettingEndsTheStart() {
        assertThatThrownBy(() -> TestServer.with(Map.of("OPENAI_MODEL", "m", "OPENAI_BASE_URL", "localhost:1")))
                .isInstanceOf(SettingsException.class)
                .hasMessageStartingWith("OPENAI_BASE_URL must be ");
    }
}
