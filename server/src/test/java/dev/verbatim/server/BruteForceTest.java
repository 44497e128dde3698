package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.server.TestClient.Answer;
import dev.verbatim.server.auth.Passwords;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Somebody tries passwords. What checks them here only counts, for hundreds are tried. */
class BruteForceTest {
    private static final String ANNA = "anna@example.org";
    private static final String RIGHT = "correct horse";

    private final AtomicLong now = new AtomicLong();

    /** The hashes that passwords were checked against. */
    private final List<String> checked = new CopyOnWriteArrayList<>();

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeEach
    void start() {
        Passwords passwords = new Passwords(TestServer.LITTLE_MEMORY_KIB, (password, hash) -> {
            checked.add(hash);
            return password.equals(RIGHT);
        });
        server = TestServer.with(passwords, now::get);
        server.newUser(ANNA, RIGHT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer logIn(String email, String password) {
        return server.anonymous().post("/api/login", "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}");
    }

    private void pass(int seconds) {
        now.addAndGet(Duration.ofSeconds(seconds).toNanos());
    }

    private static void mustWait(Answer answer, int most) {
        assertThat(answer.status()).isEqualTo(429);
        assertThat(Integer.parseInt(answer.header("Retry-After"))).isBetween(1, most);
    }

    @Test
    void oneEmailIsTriedTenTimesAndThenTwiceAMinute() {
        for (int i = 0; i < 10; i++) {
            assertThat(logIn(ANNA, "wrong" + i).status()).isEqualTo(401);
        }
        mustWait(logIn(ANNA, "wrong"), 31);
        assertThat(checked).as("what is refused costs no hash").hasSize(10);
        pass(31);
        assertThat(logIn(ANNA, "wrong").status()).isEqualTo(401);
        mustWait(logIn(ANNA, RIGHT), 31);
        pass(31);
        assertThat(logIn(ANNA, RIGHT).status()).isEqualTo(200);
    }

    @Test
    void oneAddressTriesAHundredEmailsAndThenTwentyAMinute() {
        for (int i = 0; i < 100; i++) {
            assertThat(logIn("nobody" + i + "@example.org", "wrong").status()).isEqualTo(401);
        }
        mustWait(logIn("somebody@example.org", "wrong"), 4);
        mustWait(logIn(ANNA, RIGHT), 4);
        mustWait(server.anonymous().post("/api/login", "{\"code\":\"guessed\"}"), 4);
        pass(4);
        assertThat(logIn(ANNA, RIGHT).status()).isEqualTo(200);
    }

    @Test
    void anUnknownEmailCostsTheSameWorkAsAWrongPassword() {
        String tooLong = "x".repeat(1_001);
        for (Answer answer : List.of(logIn(ANNA, "wrong"), logIn("nobody@example.org", RIGHT), logIn(ANNA, tooLong))) {
            assertThat(answer.status()).isEqualTo(401);
        }
        assertThat(checked).hasSize(3);
        assertThat(checked.stream().map(BruteForceTest::parameters))
                .as("the same parameters each time")
                .containsOnly(parameters(checked.getFirst()));
    }

    /** All that stands before the salt. */
    private static String parameters(String hash) {
        return hash.replaceFirst("(,p=[0-9]+\\$).*", "$1");
    }
}
