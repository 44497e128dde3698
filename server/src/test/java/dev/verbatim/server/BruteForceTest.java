package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.server.TestClient.Answer;
import dev.verbatim.server.auth.Passwords;
import java.net.InetAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Somebody tries passwords. What checks them here only counts, for hundreds are tried. */
class BruteForceTest {
    private static final String ANNA = "anna@example.org";
    private static final String RIGHT = "correct horse";

    private final AtomicLong now = new AtomicLong();

    /** The hashes that passwords were checked against. */
    private final List<String> checked = new CopyOnWriteArrayList<>();

    /** Closed where it matters that no check has ended yet. */
    private volatile CountDownLatch gate = new CountDownLatch(0);

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeEach
    void start() {
        Passwords passwords = new Passwords(TestServer.LITTLE_MEMORY_KIB, (password, hash) -> {
            checked.add(hash);
            passThrough(gate);
            return password.equals(RIGHT);
        });
        server = TestServer.with(passwords, now::get);
        server.newUser(ANNA, RIGHT);
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private static void passThrough(CountDownLatch gate) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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

    /** None of them has failed yet when the last one comes. */
    @ParameterizedTest
    @CsvSource({"anna, 10", "nobody, 10", "nobody%d, 100"})
    void guessesAtTheSameTimeGetNoFurtherThanOneAfterTheOther(String who, int most) throws Exception {
        int guesses = most + 30;
        gate = new CountDownLatch(1);
        try (ExecutorService guessers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Answer>> all = IntStream.range(0, guesses)
                    .mapToObj(i -> guessers.submit(
                            () -> logIn(String.format(Locale.ROOT, who, i) + "@example.org", "wrong" + i)))
                    .toList();
            Waiting.until(() -> all.stream().filter(Future::isDone).count() >= 30);
            gate.countDown();
            Map<Integer, Integer> statuses = new TreeMap<>();
            for (Future<Answer> one : all) {
                statuses.merge(one.get().status(), 1, Integer::sum);
            }
            assertThat(statuses).isEqualTo(Map.of(401, most, 429, 30));
        }
        assertThat(checked).hasSize(most);
    }

    @Test
    void anotherAddressIsNotHeldBack() throws Exception {
        for (int i = 0; i < 100; i++) {
            logIn("nobody" + i + "@example.org", "wrong");
        }
        mustWait(logIn(ANNA, RIGHT), 4);
        HttpRequest request = HttpRequest.newBuilder(URI.create("http://127.0.0.1:" + server.port() + "/api/login"))
                .POST(HttpRequest.BodyPublishers.ofString(
                        "{\"email\":\"" + ANNA + "\",\"password\":\"" + RIGHT + "\"}"))
                .build();
        try (HttpClient elsewhere = HttpClient.newBuilder()
                .localAddress(InetAddress.getByName("127.0.0.2"))
                .build()) {
            assertThat(elsewhere
                            .send(request, HttpResponse.BodyHandlers.discarding())
                            .statusCode())
                    .isEqualTo(200);
        }
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
