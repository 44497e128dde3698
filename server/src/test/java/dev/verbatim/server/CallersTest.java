package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.server.TestClient.Answer;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class CallersTest {
    private static final String ALL = "/api/conversations";

    @SuppressWarnings("NullAway.Init")
    private static TestServer server;

    @BeforeAll
    static void start() {
        server = TestServer.start();
    }

    @AfterAll
    static void stop() {
        server.close();
    }

    @ParameterizedTest
    @ValueSource(strings = {"Bearer wrong", "Bearer ", "Bearer", "Basic YTpi", "nonsense"})
    void aWrongKeyIsRefused(String header) {
        Answer answer = server.anonymous().with("Authorization", header).get(ALL);
        assertThat(answer.status()).isEqualTo(401);
        assertThat(answer.code()).isEqualTo("unauthorized");
        assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
        assertThat(answer.text()).doesNotContain("wrong\"");
    }

    @Test
    void noKeyIsRefused() {
        assertThat(server.anonymous().get(ALL).status()).isEqualTo(401);
    }

    @Test
    void theSchemeIsReadInAnyCase() {
        Answer answer = server.anonymous()
                .with("Authorization", "bEARER " + TestServer.ADMIN)
                .get("/api/me");
        assertThat(answer.status()).isEqualTo(200);
    }

    @Test
    void aUserKeyActsForItsUserOnly() {
        String id = server.newUser("own@example.org", "correct horse");
        TestClient own =
                server.anonymous().key(server.newKey("{\"name\":\"k\",\"role\":\"user\",\"user_id\":\"" + id + "\"}"));
        assertThat(own.post(ALL, "{\"id\":\"c\"}").status()).isEqualTo(201);
        assertThat(own.get("/api/me").json().at("/id").asString()).isEqualTo(id);
        assertThat(own.get("/api/me").json().at("/email").asString()).isEqualTo("own@example.org");
        assertThat(own.with("Verbatim-User", "x").get(ALL).status()).isEqualTo(403);
        assertThat(own.get("/api/users").status()).isEqualTo(403);
        assertThat(server.admin().get(ALL + "/c").status())
                .as("the admin as itself has not")
                .isEqualTo(404);
    }

    @Test
    void aServiceActsForTheUsersItNames() {
        TestClient service = server.anonymous().key(server.newKey("{\"name\":\"app\",\"role\":\"service\"}"));
        assertThat(service.get(ALL).status()).isEqualTo(400);
        assertThat(service.get(ALL).param()).isEqualTo("Verbatim-User");
        assertThat(service.get("/api/keys").status()).isEqualTo(403);
        TestClient anna = service.with("Verbatim-User", "Anna%20M%C3%BCller");
        assertThat(anna.post(ALL, "{\"id\":\"c\"}").status()).isEqualTo(201);
        assertThat(anna.get("/api/me").json().at("/name").asString()).isEqualTo("Anna Müller");
        assertThat(service.with("Verbatim-User", "anna").get(ALL + "/c").status())
                .isEqualTo(404);
        assertThat(server.as("Anna%20M%C3%BCller").get(ALL + "/c").status())
                .as("the admin in the same namespace")
                .isEqualTo(200);
    }

    @Test
    void namespacesDoNotShareUsers() {
        TestClient first = server.anonymous()
                .key(server.newKey("{\"name\":\"a\",\"role\":\"service\",\"namespace\":\"first\"}"))
                .with("Verbatim-User", "u");
        TestClient second = server.anonymous()
                .key(server.newKey("{\"name\":\"b\",\"role\":\"service\",\"namespace\":\"second\"}"))
                .with("Verbatim-User", "u");
        first.post(ALL, "{\"id\":\"c\"}");
        assertThat(first.get(ALL + "/c").status()).isEqualTo(200);
        assertThat(second.get(ALL + "/c").status()).isEqualTo(404);
    }

    @ParameterizedTest
    @ValueSource(strings = {"", "%", "%zz", "%ff", "%00", "a%0Ab", "%ED%A0%80"})
    void aNameThatIsNotAllowedIsRefused(String name) {
        Answer answer = server.as(name).get(ALL);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.param()).isEqualTo("Verbatim-User");
    }

    @Test
    void aNameHasAtMost255Characters() {
        assertThat(server.as("n".repeat(255)).get(ALL).status()).isEqualTo(200);
        assertThat(server.as("n".repeat(256)).get(ALL).param()).isEqualTo("Verbatim-User");
    }

    @Test
    void aKeyIsShownOnceAndThenByItsPrefix() {
        Answer made = server.admin().post("/api/keys", "{\"name\":\"shown once\",\"role\":\"service\"}");
        String key = made.json().at("/key").asString();
        assertThat(key).matches("vbt_[A-Za-z0-9_-]{43}");
        assertThat(made.header("Cache-Control")).isEqualTo("no-store");
        String id = made.json().at("/id").asString();
        JsonNode shown = server.admin().get("/api/keys/" + id).json();
        assertThat(key).startsWith(shown.at("/prefix").asString());
        assertThat(shown.at("/namespace").asString()).isEqualTo("default");
        assertThat(server.admin().get("/api/keys?limit=1000").text())
                .contains("shown once")
                .doesNotContain(key);
    }

    @Test
    void aRevokedKeyEndsAtOnce() {
        Answer made = server.admin().post("/api/keys", "{\"name\":\"r\",\"role\":\"service\"}");
        TestClient client = server.as("u").key(made.json().at("/key").asString());
        assertThat(client.get(ALL).status()).isEqualTo(200);
        String path = "/api/keys/" + made.json().at("/id").asString();
        assertThat(server.admin().delete(path).status()).isEqualTo(204);
        assertThat(client.get(ALL).status()).isEqualTo(401);
        assertThat(server.admin().delete(path).status()).isEqualTo(404);
        assertThat(server.admin().get(path).status()).isEqualTo(404);
        assertThat(server.admin().delete("/api/keys/nonsense").status()).isEqualTo(404);
    }

    @Test
    void aKeyEndsWhenItsTimeIsOver() {
        Instant soon = Instant.now().plusMillis(1_500);
        TestClient client = server.as("u")
                .key(server.newKey("{\"name\":\"e\",\"role\":\"service\",\"expires_at\":\"" + soon + "\"}"));
        assertThat(client.get(ALL).status()).isEqualTo(200);
        Waiting.until(() -> client.get(ALL).status() == 401);
        assertThat(Instant.now()).isAfter(soon);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "role={\"name\":\"n\"}",
                "name={\"role\":\"service\"}",
                "name={\"name\":\"\",\"role\":\"service\"}",
                "name={\"name\":7,\"role\":\"service\"}",
                "role={\"name\":\"n\",\"role\":\"ADMIN\"}",
                "user_id={\"name\":\"n\",\"role\":\"user\"}",
                "user_id={\"name\":\"n\",\"role\":\"user\",\"user_id\":\"x\"}",
                "user_id={\"name\":\"n\",\"role\":\"user\",\"user_id\":\"7f3f7e0a-0000-4000-8000-000000000000\"}",
                "user_id={\"name\":\"n\",\"role\":\"admin\",\"user_id\":\"7f3f7e0a-0000-4000-8000-000000000000\"}",
                "namespace={\"name\":\"n\",\"role\":\"service\",\"namespace\":\"\"}",
                "expires_at={\"name\":\"n\",\"role\":\"service\",\"expires_at\":\"tomorrow\"}",
                "expires_at={\"name\":\"n\",\"role\":\"service\",\"expires_at\":\"2001-01-01T00:00:00Z\"}",
                "scope={\"name\":\"n\",\"role\":\"service\",\"scope\":1}",
            })
    void aKeyThatIsNotRightIsNotMade(String given) {
        int cut = given.indexOf('=');
        Answer answer = server.admin().post("/api/keys", given.substring(cut + 1));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.param()).isEqualTo(given.substring(0, cut));
    }

    @Test
    void keysArePaged() {
        for (int i = 0; i < 3; i++) {
            server.newKey("{\"name\":\"p\",\"role\":\"service\"}");
        }
        JsonNode first = server.admin().get("/api/keys?limit=2").json();
        assertThat(first.at("/data").size()).isEqualTo(2);
        assertThat(first.at("/has_more").asBoolean()).isTrue();
        JsonNode second = server.admin()
                .get("/api/keys?limit=2&after=" + first.at("/next").asString())
                .json();
        assertThat(second.at("/data/0/id")).isNotEqualTo(first.at("/data/0/id"));
        assertThat(server.admin().get("/api/keys?after=x").param()).isEqualTo("after");
    }

    @Test
    void theAdminAsItselfHasConversationsOfItsOwn() {
        assertThat(server.admin().post(ALL, "{\"id\":\"own\"}").status()).isEqualTo(201);
        assertThat(server.as("somebody").get(ALL + "/own").status()).isEqualTo(404);
        assertThat(server.admin().get("/api/me").json().at("/role").asString()).isEqualTo("admin");
        assertThat(server.admin().delete("/api/users/me").status()).isEqualTo(409);
    }
}
