package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Accounts;
import dev.verbatim.Accounts.SecretKind;
import dev.verbatim.SecretHash;
import dev.verbatim.server.TestClient.Answer;
import java.time.Instant;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/** The whole service over real PostgreSQL and Redis; two servers on one database where it matters. */
class EndToEndTest {
    private static final String C = "/api/conversations/c/messages";
    private static final String PASSWORD = "correct horse";

    @SuppressWarnings("NullAway.Init")
    private static TwoServers servers;

    @SuppressWarnings("NullAway.Init")
    private static TestServer first;

    @SuppressWarnings("NullAway.Init")
    private static TestServer second;

    @BeforeAll
    static void start() {
        servers = new TwoServers();
        first = servers.first;
        second = servers.second;
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Test
    void aConversationIsReadFromTheCacheAndComesBackWhole() {
        TestClient anna = first.as("hits");
        String odd = "\"content\":[{\"type\":\"text\",\"text\":\"\\u0000\\ud800ä\"}],\"n\":[1.0,1e400]";
        Answer stored = anna.post(C + "?create=true", "{\"role\":\"user\"," + odd + "}");
        assertThat(stored.status()).isEqualTo(201);
        Answer miss = anna.get(C);
        assertThat(miss.text()).contains(odd);
        Waiting.until(() -> anna.get(C).header("Cache-Status").equals("Verbatim; hit"));
        Answer hit = anna.get(C);
        assertThat(hit.text()).isEqualTo(miss.text());
        assertThat(hit.header("ETag")).isEqualTo(miss.header("ETag"));
        Answer fresh = anna.with("Cache-Control", "no-cache").get(C);
        assertThat(fresh.header("Cache-Status")).isEqualTo("Verbatim; fwd=bypass");
        assertThat(fresh.text()).isEqualTo(miss.text());
        String id = stored.json().at("/data/0/id").asString();
        assertThat(anna.get(C + "/" + id).text())
                .isEqualTo(stored.text()
                        .substring("{\"data\":[".length(), stored.text().indexOf("],\"last_seq\"")));
    }

    @Test
    void whatOneServerStoresTheOtherShows() {
        first.as("both").post(C + "?create=true", "{\"role\":\"user\",\"content\":\"1\"}");
        Answer stored = second.as("both").post(C, "{\"role\":\"user\",\"content\":\"2\"}");
        assertThat(stored.json().at("/last_seq").asInt()).isEqualTo(2);
        assertThat(first.as("both").get(C + "?min_seq=2").json().at("/data").size())
                .isEqualTo(2);
    }

    @Test
    void aKeyIsGoodOnEveryServerAndVoidWithinASecond() {
        JsonNode made = first.admin()
                .post("/api/keys", "{\"name\":\"k\",\"role\":\"service\",\"namespace\":\"apps\"}")
                .json();
        TestClient there = second.anonymous().key(made.at("/key").asString()).with("Verbatim-User", "u");
        assertThat(there.get("/api/me").json().at("/namespace").asString()).isEqualTo("apps");
        String path = "/api/keys/" + made.at("/id").asString();
        assertThat(second.admin().get(path).json().at("/name").asString()).isEqualTo("k");
        assertThat(first.admin().delete(path).status()).isEqualTo(204);
        Waiting.until(() -> there.get("/api/me").status() == 401);
        assertThat(first.admin().delete(path).status()).isEqualTo(404);
    }

    @Test
    void aLogInIsGoodOnEveryServer() {
        String id = first.newUser("anna@example.org", PASSWORD);
        assertThat(id).hasSize(36);
        Answer again =
                second.admin().post("/api/users", "{\"email\":\"ANNA@example.org\",\"password\":\"" + PASSWORD + "\"}");
        assertThat(again.status()).isEqualTo(409);
        Answer login = second.anonymous()
                .post("/api/login", "{\"email\":\"anna@example.org\",\"password\":\"" + PASSWORD + "\"}");
        String token = login.json().at("/token").asString();
        TestClient anna = first.anonymous().key(token);
        assertThat(anna.get("/api/me").json().at("/id").asString()).isEqualTo(id);
        assertThat(anna.post(C + "?create=true", "{\"role\":\"user\"}").status())
                .isEqualTo(201);
        assertThat(anna.delete("/api/login").status()).isEqualTo(204);
        Waiting.until(() -> second.anonymous().key(token).get("/api/me").status() == 401);
    }

    @Test
    void aUserKeyActsForItsUser() {
        String id = first.newUser("key@example.org", PASSWORD);
        String until = Instant.now().plusSeconds(3600).toString();
        String key = first.newKey(
                "{\"name\":\"k\",\"role\":\"user\",\"user_id\":\"" + id + "\",\"expires_at\":\"" + until + "\"}");
        assertThat(second.anonymous().key(key).get("/api/me").json().at("/id").asString())
                .isEqualTo(id);
        Answer nobody = first.admin()
                .post(
                        "/api/keys",
                        "{\"name\":\"k\",\"role\":\"user\",\"user_id\":\"7f3f7e0a-0000-4000-8000-000000000000\"}");
        assertThat(nobody.param()).isEqualTo("user_id");
    }

    @Test
    void anErasedUserCannotComeBackIn() {
        String id = first.newUser("gone@example.org", PASSWORD);
        String key = first.newKey("{\"name\":\"k\",\"role\":\"user\",\"user_id\":\"" + id + "\"}");
        TestClient user = second.anonymous().key(key);
        user.post(C + "?create=true", "{\"role\":\"user\"}");
        assertThat(first.admin().delete("/api/users/" + id).status()).isEqualTo(204);
        Waiting.until(() -> user.get(C).status() == 401);
        assertThat(first.admin().delete("/api/users/" + id).status()).isEqualTo(404);
        assertThat(first.admin().get("/api/users?limit=1000").text()).doesNotContain("gone@example.org");
        assertThat(second.anonymous()
                        .post("/api/login", "{\"email\":\"gone@example.org\",\"password\":\"" + PASSWORD + "\"}")
                        .status())
                .isEqualTo(401);
    }

    @Test
    void aServiceErasesAUserItNamed() {
        TestClient leaver = first.as("leaver");
        leaver.post(C + "?create=true", "{\"role\":\"user\"}");
        assertThat(leaver.get("/api/me").json().at("/name").asString()).isEqualTo("leaver");
        assertThat(leaver.delete("/api/users/me").status()).isEqualTo(204);
        assertThat(leaver.get(C).status()).isEqualTo(404);
        assertThat(leaver.post(C + "?create=true", "{\"role\":\"user\"}").status())
                .as("a late retry does not bring it back")
                .isEqualTo(410);
    }

    @Test
    void usersAndKeysArePagedOnce() {
        for (int i = 0; i < 3; i++) {
            first.newUser("page" + i + "@example.org", PASSWORD);
            first.newKey("{\"name\":\"page\",\"role\":\"service\"}");
        }
        for (String list : new String[] {"/api/users", "/api/keys"}) {
            int all = first.admin().get(list + "?limit=1000").json().at("/data").size();
            int seen = 0;
            JsonNode page = first.admin().get(list + "?limit=2").json();
            while (true) {
                seen += page.at("/data").size();
                if (!page.at("/has_more").asBoolean()) {
                    break;
                }
                String after = page.at("/next").asString();
                page = first.admin().get(list + "?limit=2&after=" + after).json();
            }
            assertThat(seen).as(list).isGreaterThanOrEqualTo(all);
        }
    }

    @Test
    void aCodeIsUsedUp() {
        servers.firstStore
                .accounts()
                .addSecret(
                        Accounts.ADMIN_ID,
                        SecretHash.of("code"),
                        SecretKind.CODE,
                        Instant.now().plusSeconds(60));
        assertThat(first.anonymous().key("code").get("/api/me").status())
                .as("a code is no token")
                .isEqualTo(401);
        assertThat(second.anonymous().post("/api/login", "{\"code\":\"code\"}").status())
                .isEqualTo(200);
        assertThat(first.anonymous().post("/api/login", "{\"code\":\"code\"}").status())
                .isEqualTo(401);
    }

    @Test
    void theServiceIsReady() {
        JsonNode ready = first.anonymous().get("/health/ready").json();
        assertThat(ready.at("/status").asString()).isEqualTo("ok");
    }
}
