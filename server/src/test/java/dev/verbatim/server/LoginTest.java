package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Accounts;
import dev.verbatim.Accounts.SecretKind;
import dev.verbatim.SecretHash;
import dev.verbatim.server.TestClient.Answer;
import dev.verbatim.server.auth.Passwords;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import tools.jackson.databind.JsonNode;

class LoginTest {
    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.start();
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer logIn(String email, String password) {
        return logIn(server, email, password);
    }

    private static Answer logIn(TestServer server, String email, String password) {
        return server.anonymous().post("/api/login", "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}");
    }

    @Test
    void aTokenIsGoodUntilItIsVoid() {
        String id = server.newUser("Anna@Example.ORG", "correct horse");
        Answer answer = logIn("anna@example.org", "correct horse");
        assertThat(answer.status()).isEqualTo(200);
        Instant expiresAt = Instant.parse(answer.json().at("/expires_at").asString());
        assertThat(expiresAt)
                .isBetween(Instant.now().plusSeconds(43_000), Instant.now().plusSeconds(43_201));
        TestClient anna = server.anonymous().key(answer.json().at("/token").asString());
        assertThat(anna.get("/api/me").json().at("/id").asString()).isEqualTo(id);
        assertThat(anna.delete("/api/login").status()).isEqualTo(204);
        assertThat(anna.get("/api/me").status()).isEqualTo(401);
    }

    @Test
    void unknownEmailAndWrongPasswordLookTheSame() {
        server.newUser("anna@example.org", "correct horse");
        Answer wrong = logIn("anna@example.org", "wrong horse");
        Answer unknown = logIn("nobody@example.org", "wrong horse");
        assertThat(wrong.status()).isEqualTo(401);
        assertThat(unknown.status()).isEqualTo(401);
        assertThat(unknown.text()).isEqualTo(wrong.text());
    }

    @Test
    void anAdminsLogInIsAnAdmins() {
        server.admin().post("/api/users", "{\"email\":\"a@b\",\"password\":\"correct horse\",\"role\":\"admin\"}");
        TestClient admin = server.anonymous()
                .key(logIn("a@b", "correct horse").json().at("/token").asString());
        assertThat(admin.get("/api/users").status()).isEqualTo(200);
        assertThat(admin.with("Verbatim-User", "x")
                        .get("/api/me")
                        .json()
                        .at("/name")
                        .asString())
                .isEqualTo("x");
        assertThat(admin.get("/api/me").json().at("/email").asString()).isEqualTo("a@b");
    }

    @Test
    void aKeyIsNoLogIn() {
        Answer answer = server.admin().delete("/api/login");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.param()).isEqualTo("Authorization");
    }

    @Test
    void aCodeIsGoodForOneLogIn() {
        server.accounts.addSecret(
                Accounts.ADMIN_ID,
                SecretHash.of("the code"),
                SecretKind.CODE,
                Instant.now().plusSeconds(60));
        Answer first = server.anonymous().post("/api/login", "{\"code\":\"the code\"}");
        assertThat(first.status()).isEqualTo(200);
        TestClient admin = server.anonymous().key(first.json().at("/token").asString());
        assertThat(admin.get("/api/keys").status()).isEqualTo(200);
        assertThat(server.anonymous()
                        .post("/api/login", "{\"code\":\"the code\"}")
                        .status())
                .isEqualTo(401);
        assertThat(server.anonymous().key("the code").get("/api/me").status()).isEqualTo(401);
    }

    @Test
    void anOldCodeIsNotGood() {
        server.accounts.addSecret(
                Accounts.ADMIN_ID,
                SecretHash.of("old"),
                SecretKind.CODE,
                Instant.now().minusSeconds(1));
        assertThat(server.anonymous().post("/api/login", "{\"code\":\"old\"}").status())
                .isEqualTo(401);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email={}",
                "password={\"email\":\"a@b\"}",
                "email={\"email\":1,\"password\":\"x\"}",
                "code={\"email\":\"a@b\",\"password\":\"x\",\"code\":\"c\"}",
                "code={\"code\":null}",
                "token={\"token\":\"c\"}",
                "body=[]",
                "body={\"code\":\"c\",\"code\":\"d\"}",
            })
    void aLogInThatIsNotRightIsRefused(String given) {
        int cut = given.indexOf('=');
        Answer answer = server.anonymous().post("/api/login", given.substring(cut + 1));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.param()).isEqualTo(given.substring(0, cut));
    }

    @Test
    void failedLogInsAreHeldBackForOneEmailOnly() {
        server.newUser("anna@example.org", "correct horse");
        server.newUser("bert@example.org", "correct horse");
        Answer answer = logIn("anna@example.org", "wrong horse");
        for (int i = 0; i < 30 && answer.status() == 401; i++) {
            answer = logIn("anna@example.org", "wrong horse");
        }
        assertThat(answer.status()).isEqualTo(429);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
        assertThat(logIn("ANNA@example.org", "correct horse").status())
                .as("not even with the right one")
                .isEqualTo(429);
        assertThat(logIn("bert@example.org", "correct horse").status()).isEqualTo(200);
    }

    @Test
    void goodLogInsAreNotHeldBack() {
        server.newUser("anna@example.org", "correct horse");
        assertThat(Stream.generate(
                                () -> logIn("anna@example.org", "correct horse").status())
                        .limit(15))
                .containsOnly(200);
    }

    /** As strongly hashed as anybody's. */
    @Test
    void manyLogInsAtOnceAllGetAnAnswer() throws Exception {
        try (TestServer strong = TestServer.with(new Passwords(), System::nanoTime);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            strong.newUser("anna@example.org", "correct horse");
            Callable<Integer> one =
                    () -> logIn(strong, "anna@example.org", "correct horse").status();
            List<Future<Integer>> answers =
                    threads.invokeAll(Stream.generate(() -> one).limit(20).toList());
            for (Future<Integer> answer : answers) {
                assertThat(answer.get()).isIn(200, 429);
            }
            assertThat(logIn(strong, "anna@example.org", "correct horse").status())
                    .isEqualTo(200);
        }
    }

    @Test
    void usersAreListedWithoutTheirPasswords() {
        Answer made = server.admin()
                .post(
                        "/api/users",
                        "{\"email\":\"A@b\",\"password\":\"correct horse\",\"dept_id\":\"d7\",\"role\":\"service\"}");
        assertThat(made.status()).isEqualTo(201);
        assertThat(made.json().at("/email").asString()).isEqualTo("a@b");
        assertThat(made.json().at("/dept_id").asString()).isEqualTo("d7");
        Answer list = server.admin().get("/api/users");
        assertThat(list.text()).contains("\"a@b\"").doesNotContain("horse", "argon2", "password");
        assertThat(server.admin()
                        .post("/api/users", "{\"email\":\"a@B\",\"password\":\"correct horse\"}")
                        .status())
                .isEqualTo(409);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "email={\"password\":\"correct horse\"}",
                "email={\"email\":\"no address\",\"password\":\"correct horse\"}",
                "email={\"email\":\"a@b@c\",\"password\":\"correct horse\"}",
                "password={\"email\":\"a@b\"}",
                "password={\"email\":\"a@b\",\"password\":\"short\"}",
                "role={\"email\":\"a@b\",\"password\":\"correct horse\",\"role\":\"root\"}",
                "dept_id={\"email\":\"a@b\",\"password\":\"correct horse\",\"dept_id\":7}",
                "name={\"email\":\"a@b\",\"password\":\"correct horse\",\"name\":\"x\"}",
            })
    void aUserThatIsNotRightIsNotMade(String given) {
        int cut = given.indexOf('=');
        Answer answer = server.admin().post("/api/users", given.substring(cut + 1));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.param()).isEqualTo(given.substring(0, cut));
    }

    @Test
    void anErasedUserIsGoneWithAllThatWasTheirs() {
        String id = server.newUser("anna@example.org", "correct horse");
        String token =
                logIn("anna@example.org", "correct horse").json().at("/token").asString();
        TestClient anna = server.anonymous().key(token);
        anna.post("/api/conversations", "{\"id\":\"c\"}");
        assertThat(server.admin().delete("/api/users/" + id).status()).isEqualTo(204);
        assertThat(anna.get("/api/conversations/c").status()).isEqualTo(401);
        assertThat(logIn("anna@example.org", "correct horse").status()).isEqualTo(401);
        assertThat(server.admin().delete("/api/users/" + id).status()).isEqualTo(404);
        assertThat(server.admin().delete("/api/users/x").status()).isEqualTo(404);
    }

    @Test
    void aServiceErasesTheUserItActsFor() {
        TestClient service = server.as("leaver");
        service.post("/api/conversations/c/messages?create=true", "{\"role\":\"user\",\"content\":\"x\"}");
        assertThat(service.delete("/api/users/me").status()).isEqualTo(204);
        JsonNode left = service.get("/api/conversations").json();
        assertThat(left.at("/data").size()).isZero();
        assertThat(service.get("/api/conversations/c/messages").status()).isEqualTo(404);
    }
}
