package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.HistoryConfig;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.testkit.RealServers;
import java.io.EOFException;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import tools.jackson.databind.JsonNode;

/**
 * Every operation that takes an id, by several users over connections that they share, as behind a proxy, and that are
 * cut at any moment, on two real servers: no answer holds a byte of another user.
 */
class CancelledStormTest {
    private static final int CONNECTIONS = 400;
    private static final int AT_ONCE = 40;
    private static final int REQUESTS = 8;

    /** A conversation that each user has under the same id. */
    private static final String SAME = "same";

    /** A user: what stands in everything that is theirs, and the headers by which the servers know them. */
    private record User(String mark, String headers) {
        String only() {
            return "only-" + mark;
        }
    }

    private final HistoryConfig config = HistoryConfig.of(RealServers.newDatabase(), RealServers.emptyRedis())
            .withRedisTimeout(Duration.ofSeconds(2));
    private final HybridHistoryStore firstStore = HybridHistoryStore.open(config);
    private final HybridHistoryStore secondStore = HybridHistoryStore.open(config);
    private final TestServer first = TestServer.start(firstStore, firstStore.accounts());
    private final TestServer second = TestServer.start(secondStore, secondStore.accounts());
    private final List<User> users = new ArrayList<>();
    private final List<Operation> operations = Operation.all(
                    first.anonymous().get("/openapi.json").json())
            .stream()
            .filter(o -> !o.isOpen() && !o.said().has("x-role"))
            .filter(o -> o.takesAnId() || o.toString().equals("GET /api/conversations"))
            .toList();

    private final AtomicInteger whole = new AtomicInteger();
    private final AtomicInteger own = new AtomicInteger();
    private final AtomicInteger refused = new AtomicInteger();
    private final AtomicInteger cutInAnswer = new AtomicInteger();
    private final AtomicInteger cutInRequest = new AtomicInteger();

    @BeforeEach
    void makeUsers() {
        for (int i = 0; i < 6; i++) {
            String mark = "mark" + i;
            users.add(new User(mark, i < 3 ? headers(TestServer.ADMIN) + "Verbatim-User: u" + i + "\r\n" : keyed(i)));
            for (String id : List.of(SAME, "only-" + mark)) {
                String body = "{\"id\":\"m\",\"role\":\"user\",\"content\":\"" + mark + "\"}";
                client(users.getLast()).post("/api/conversations/" + id + "/messages?create=true", body);
            }
        }
    }

    private String keyed(int i) {
        String id = first.newUser("u" + i + "@example.org", "correct horse");
        return headers(first.newKey("{\"name\":\"k\",\"role\":\"user\",\"user_id\":\"" + id + "\"}"));
    }

    private static String headers(String key) {
        return "Host: localhost\r\nAuthorization: Bearer " + key + "\r\n";
    }

    private TestClient client(User user) {
        TestClient client = first.anonymous();
        for (String header : user.headers().lines().skip(1).toList()) {
            client = client.with(header.substring(0, header.indexOf(':')), header.substring(header.indexOf(':') + 2));
        }
        return client;
    }

    @AfterEach
    void stop() {
        first.close();
        second.close();
        firstStore.close();
        secondStore.close();
    }

    @Test
    void noAnswerHoldsAByteOfAnotherUser() throws Exception {
        try (ExecutorService clients = Executors.newFixedThreadPool(AT_ONCE)) {
            List<Future<?>> running = IntStream.range(0, CONNECTIONS)
                    .<Future<?>>mapToObj(i -> clients.submit(() -> connection(new Random(i))))
                    .toList();
            for (Future<?> one : running) {
                one.get();
            }
        }
        assertThat(whole.get()).isGreaterThan(500);
        assertThat(own.get()).isGreaterThan(100);
        assertThat(refused.get()).isGreaterThan(100);
        assertThat(cutInAnswer.get()).isGreaterThan(50);
        assertThat(cutInRequest.get()).isGreaterThan(50);
        users.forEach(this::hasOnlyWhatIsTheirs);
    }

    private void hasOnlyWhatIsTheirs(User user) {
        for (String id : List.of(SAME, user.only())) {
            String path = "/api/conversations/" + id;
            isOnlyOf(user, client(user).get(path).text());
            TestClient.Answer all = client(user).get(path + "/messages?limit=1000&after=0");
            isOnlyOf(user, all.text());
            JsonNode messages = all.json().at("/data");
            assertThat(messages.size()).isGreaterThan(1);
            for (int i = 0; i < messages.size(); i++) {
                assertThat(messages.get(i).at("/seq").asInt()).isEqualTo(i + 1);
            }
        }
    }

    private void isOnlyOf(User user, String answer) {
        for (User other : users) {
            if (!other.equals(user)) {
                // The id that was asked for may stand in what it is refused with.
                assertThat(answer.replace(other.only(), "")).doesNotContain(other.mark());
            }
        }
    }

    /** What one client asks for, and whether it is another user's. */
    private record Request(User user, Operation operation, boolean foreign, String text) {}

    private Request request(Random random) {
        User user = users.get(random.nextInt(users.size()));
        User other = users.get(random.nextInt(users.size()));
        Operation operation = operations.get(random.nextInt(operations.size()));
        boolean foreign = operation.takesAnId()
                && !other.equals(user)
                && (random.nextInt(3) == 0 || operation.method().equals("DELETE"));
        String id = foreign ? other.only() : random.nextBoolean() ? SAME : user.only();
        @Nullable String body = operation.body(id, user.mark());
        if (body != null && operation.path().startsWith("/chat") && random.nextBoolean()) {
            body = "{\"stream\":true," + body.substring(1);
        }
        if (operation.method().equals("DELETE") && !foreign) {
            return request(random);
        }
        String content = body == null ? "" : body;
        String text = operation.method() + " " + operation.path(id, "m") + " HTTP/1.1\r\n" + user.headers()
                + "Content-Length: " + content.length() + "\r\n\r\n" + content;
        return new Request(user, operation, foreign, text);
    }

    private Void connection(Random random) throws IOException {
        try (RawConnection connection = new RawConnection((random.nextBoolean() ? first : second).port())) {
            boolean kept = true;
            for (int i = 0; kept && i < REQUESTS; i++) {
                kept = exchange(connection, random);
            }
        } catch (EOFException e) {
            // Ended by the server, as it may between answers and after a refusal.
        }
        return null;
    }

    private boolean exchange(RawConnection connection, Random random) throws IOException {
        Request request = request(random);
        int sent = random.nextInt(10) > 0
                ? request.text().length()
                : random.nextInt(request.text().length());
        connection.send(request.text().substring(0, sent));
        if (sent < request.text().length()) {
            cutInRequest.incrementAndGet();
            return cut(connection);
        }
        return switch (random.nextInt(9)) {
            case 0 -> cut(connection);
            case 1 -> {
                isOnlyOf(request.user(), connection.beginning(1 + random.nextInt(600)));
                cutInAnswer.incrementAndGet();
                yield cut(connection);
            }
            case 2 -> {
                Request next = request(random);
                connection.send(next.text());
                yield check(request, connection.answer()) && check(next, connection.answer());
            }
            default -> check(request, connection.answer());
        };
    }

    private static boolean cut(RawConnection connection) throws IOException {
        connection.cut();
        return false;
    }

    private boolean check(Request request, RawConnection.Answer answer) {
        whole.incrementAndGet();
        isOnlyOf(request.user(), answer.head() + answer.body());
        if (request.foreign()) {
            assertThat(answer.status()).as(answer.body()).isIn(404, 429, 503);
            refused.incrementAndGet();
        } else if (answer.body().contains(request.user().mark())) {
            own.incrementAndGet();
        }
        return answer.isKept();
    }
}
