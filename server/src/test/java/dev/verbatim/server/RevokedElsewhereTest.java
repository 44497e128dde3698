package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.server.TestClient.Answer;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** What ends on one server ends on the other too, which had it in use a moment ago. */
class RevokedElsewhereTest {
    private static final String ALL = "/api/conversations";
    private static final String ANNA = "{\"email\":\"anna@example.org\",\"password\":\"correct horse\"}";

    @SuppressWarnings("NullAway.Init")
    private static TwoServers servers;

    @BeforeAll
    static void start() {
        servers = new TwoServers();
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    /** Used as long as it is good; one that stays good fails the test. */
    private static void endsFor(TestClient caller) {
        Waiting.until(() -> caller.get(ALL).status() != 200);
        Answer refused = caller.get(ALL);
        assertThat(refused.status()).isEqualTo(401);
        assertThat(refused.code()).isEqualTo("unauthorized");
    }

    private static TestClient inUse(TestClient caller) {
        for (int i = 0; i < 5; i++) {
            assertThat(caller.get(ALL).status()).isEqualTo(200);
        }
        return caller;
    }

    private static TestClient loggedIn(TestServer server) {
        Answer login = server.anonymous().post("/api/login", ANNA);
        assertThat(login.status()).isEqualTo(200);
        return server.anonymous().key(login.json().at("/token").asString());
    }

    @Test
    void aRevokedKeyEnds() {
        JsonNode made = servers.first
                .admin()
                .post("/api/keys", "{\"name\":\"short-lived\",\"role\":\"service\"}")
                .json();
        TestClient here =
                servers.first.anonymous().key(made.at("/key").asString()).with("Verbatim-User", "bert");
        TestClient there =
                servers.second.anonymous().key(made.at("/key").asString()).with("Verbatim-User", "bert");
        inUse(here);
        inUse(there);

        assertThat(servers.first
                        .admin()
                        .delete("/api/keys/" + made.at("/id").asString())
                        .status())
                .isEqualTo(204);

        assertThat(here.get(ALL).status()).as("at once where it was revoked").isEqualTo(401);
        endsFor(there);
    }

    @Test
    void anErasedUsersKeyAndLogInEnd() {
        String id = servers.first.newUser("anna@example.org", "correct horse");
        String key = servers.first.newKey("{\"name\":\"annas\",\"role\":\"user\",\"user_id\":\"" + id + "\"}");
        TestClient byKey = inUse(servers.second.anonymous().key(key));
        TestClient byToken = inUse(loggedIn(servers.second));

        assertThat(servers.first.admin().delete("/api/users/" + id).status()).isEqualTo(204);

        endsFor(byKey);
        endsFor(byToken);
        assertThat(servers.second.anonymous().post("/api/login", ANNA).status()).isEqualTo(401);
    }

    @Test
    void aTokenThatWasLoggedOutEnds() {
        servers.first.newUser("carl@example.org", "correct horse");
        Answer login = servers.first.anonymous().post("/api/login", ANNA.replace("anna", "carl"));
        String token = login.json().at("/token").asString();
        TestClient there = inUse(servers.second.anonymous().key(token));

        assertThat(servers.first.anonymous().key(token).delete("/api/login").status())
                .isEqualTo(204);

        endsFor(there);
    }
}
