package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Accounts;
import dev.verbatim.ConversationKey;
import dev.verbatim.Owner;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.KeyTraces;
import dev.verbatim.testkit.RedisCommands;
import dev.verbatim.testkit.TableTraces;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * Erasing a user leaves nothing: every table and every key is looked at, whatever there is. What stays for a while are hashes
 * of ids, in two tables that say of what they are about only its number.
 */
class EraseTest {
    /** Forgotten by age; they know ids as hashes only. */
    private static final List<String> HASHES = List.of("change_log", "deleted_conversations");

    private static final List<String> CONVERSATIONS = List.of("one", "two", "three");

    @SuppressWarnings("NullAway.Init")
    private static String redis;

    @SuppressWarnings("NullAway.Init")
    private static TableTraces tables;

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
        redis = servers.redis;
        tables = new TableTraces(servers.database);
    }

    @AfterAll
    static void stop() {
        servers.close();
    }

    @Test
    void nothingOfANamedUserIsLeftInAnyTableOrKey() {
        String name = "zebra-user";
        TestClient user = first.as(name);
        use(user, "zebra");
        Owner owner = Owner.named(name);
        Await.until(() -> isIndexed(owner));
        tables.fill(owner.id(), ConversationKey.of(owner, "zebra-one").id(), "zebra-filled");
        assertThat(tables.of(List.of("zebra"))).containsKeys("users", "conversations", "messages", "query_logs");
        assertThat(KeyTraces.of(redis, List.of("zebra"))).isNotEmpty();

        assertThat(second.as(name).delete("/api/users/me").status()).isEqualTo(204);

        nothingIsLeft(owner, List.of("zebra"));
        lateRetriesBringNothingBack(user);
        nothingIsLeft(owner, List.of("zebra"));
    }

    @Test
    void nothingOfAUserWhoLogsInIsLeftInAnyTableOrKey() {
        String password = "{\"email\":\"yak@example.org\",\"password\":\"correct yak horse\"";
        String id = first.admin()
                .post("/api/users", password + ",\"dept_id\":\"yak-department\"}")
                .json()
                .at("/id")
                .asString();
        String token = first.anonymous()
                .post("/api/login", password + "}")
                .json()
                .at("/token")
                .asString();
        String key = first.newKey("{\"name\":\"yak-key\",\"role\":\"user\",\"user_id\":\"" + id + "\"}");
        use(second.anonymous().key(key), "yak");
        Owner owner = Owner.registered(UUID.fromString(id));
        Await.until(() -> isIndexed(owner));
        tables.fill(owner.id(), ConversationKey.of(owner, "yak-one").id(), "yak-filled");
        assertThat(tables.of(List.of(id))).containsKeys("users", "api_keys", "login_tokens", "conversations");

        assertThat(first.anonymous().key(token).delete("/api/users/me").status())
                .isEqualTo(204);

        nothingIsLeft(owner, List.of("yak"));
        TestClient late = second.anonymous().key(key);
        assertThat(late.post(path("yak-new") + "?create=true", "{\"role\":\"user\"}")
                        .status())
                .as("as long as the key is still known there")
                .isIn(401, 410);
        Await.until(() -> late.get("/api/me").status() == 401);
        nothingIsLeft(owner, List.of("yak"));
    }

    @Test
    void writersOnBothServersLeaveNothingBehindAnErase() throws Exception {
        String name = "xerus-user";
        Owner owner = Owner.named(name);
        use(first.as(name), "xerus");
        AtomicBoolean erased = new AtomicBoolean();
        AtomicInteger stored = new AtomicInteger();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> writers = new ArrayList<>();
            for (int i = 0; i < 8; i++) {
                TestClient writer = (i % 2 == 0 ? first : second).as(name);
                int number = i;
                writers.add(callers.submit(() -> writeUntil(erased, writer, number, stored)));
            }
            try {
                Await.until(() -> stored.get() > 40);
                assertThat(first.as(name).delete("/api/users/me").status()).isEqualTo(204);
            } finally {
                erased.set(true);
            }
            for (Future<?> writer : writers) {
                writer.get();
            }
        }
        nothingIsLeft(owner, List.of("xerus"));
    }

    /** To conversations that were there and to new ones, reading between; nothing but a plain refusal is allowed. */
    private static void writeUntil(AtomicBoolean erased, TestClient writer, int number, AtomicInteger stored) {
        for (int i = 0; !erased.get() || i % 20 != 0; i++) {
            String id = i % 2 == 0 ? "xerus-" + CONVERSATIONS.get(i % 3) : "xerus-" + number + "-" + i;
            int status = writer.post(
                            path(id) + "?create=true",
                            "{\"id\":\"m-" + number + "-" + i + "\",\"role\":\"user\",\"content\":\"xerus\"}")
                    .status();
            assertThat(status).isIn(201, 410);
            assertThat(writer.get(path(id)).status()).isIn(200, 404);
            if (status == 201) {
                stored.incrementAndGet();
            }
        }
    }

    @Test
    void whatRedisWasNotToldOfWhileItsEntriesCouldNotBeDroppedGoesToo() {
        String name = "wombat-user";
        TestClient user = first.as(name);
        use(user, "wombat");
        RedisCommands.send(redis, "ACL SETUSER default -del");
        try {
            assertThat(user.delete("/api/users/me").status()).isEqualTo(204);
            assertThat(KeyTraces.of(redis, List.of("wombat"))).isNotEmpty();
        } finally {
            RedisCommands.send(redis, "ACL SETUSER default +del");
        }
        Await.until(() -> KeyTraces.of(redis, List.of("wombat")).isEmpty());
    }

    @Test
    void anEraseThatStoppedOnTheWayIsFinished() {
        String name = "vole-user";
        use(first.as(name), "vole");
        tables.sql("UPDATE users SET erased_at = now() - interval '2 minutes' WHERE name = '" + name + "'");

        servers.firstStore.finishErasures();

        nothingIsLeft(Owner.named(name), List.of("vole"));
    }

    @Test
    void deletingAConversationEmptiesItsQueryLogs() {
        String name = "urial-user";
        TestClient user = first.as(name);
        use(user, "urial");
        String owner = "'" + Owner.named(name).id() + "'";
        for (String id : CONVERSATIONS) {
            tables.sql("INSERT INTO query_logs (user_id, id, response_time_ms, query, conversation_id) VALUES (" + owner
                    + ", gen_random_uuid(), 7, 'urial-query', 'urial-" + id + "')");
        }
        assertThat(user.delete("/api/conversations/urial-one").status()).isEqualTo(204);
        assertThat(tables.column("SELECT query || '|' || coalesce(conversation_id, '') || '|' || response_time_ms"
                        + " FROM query_logs WHERE user_id = " + owner + " ORDER BY 1"))
                .containsExactly("urial-query|urial-three|7", "urial-query|urial-two|7", "||7");
        assertThat(user.delete("/api/users/me").status()).isEqualTo(204);
    }

    @Test
    void whoWasErasedMayBeginAnew() {
        TestClient user = first.as("tapir-user");
        use(user, "tapir");
        assertThat(user.delete("/api/users/me").status()).isEqualTo(204);
        assertThat(second.as("tapir-user")
                        .post(path("new") + "?create=true", "{\"role\":\"user\"}")
                        .status())
                .isEqualTo(410);
        assertThat(user.post("/chat", "{\"messages\":[{\"role\":\"user\",\"content\":\"hello again\"}]}")
                        .status())
                .isEqualTo(200);
        assertThat(second.as("tapir-user")
                        .post(path("new") + "?create=true", "{\"role\":\"user\"}")
                        .status())
                .isEqualTo(201);
        assertThat(user.get("/api/conversations").json().at("/data").size()).isEqualTo(2);
        assertThat(user.delete("/api/users/me").status()).isEqualTo(204);
    }

    @Test
    void theBuiltInAdminStays() {
        assertThat(first.admin().delete("/api/users/" + Accounts.ADMIN_ID).status())
                .isEqualTo(409);
    }

    private static String path(String conversation) {
        return "/api/conversations/" + conversation + "/messages";
    }

    private static String message(String word) {
        return "{\"id\":\"" + word + "-message\",\"role\":\"user\",\"content\":\"" + word + "\"}";
    }

    /** Uses what there is to use, with {@code word} in everything, so that there is something in every table. */
    private static void use(TestClient user, String word) {
        List<String> ids = CONVERSATIONS.stream().map(id -> word + "-" + id).toList();
        for (String id : ids) {
            assertThat(user.post(path(id) + "?create=true", message(word)).status())
                    .isEqualTo(201);
        }
        String one = "/api/conversations/" + ids.getFirst();
        user.patch(one, "{\"metadata\":{\"" + word + "\":1}}");
        user.patch(one + "/messages/" + word + "-message", "{\"content\":\"" + word + " edited\"}");
        user.post(one + "/fork", "{}");
        user.post("/chat", "{\"conversation_id\":\"" + ids.get(1) + "\",\"messages\":[" + message(word) + "]}");
        ids.forEach(id ->
                Await.until(() -> user.get(path(id)).header("Cache-Status").equals("Verbatim; hit")));
    }

    private static boolean isIndexed(Owner owner) {
        return !tables.column("SELECT seq FROM search_messages WHERE user_id = '" + owner.id() + "'")
                .isEmpty();
    }

    private static void nothingIsLeft(Owner owner, List<String> words) {
        assertThat(tables.of(words)).isEmpty();
        Map<String, List<String>> byId = tables.of(List.of(owner.id().toString()));
        assertThat(HASHES).as("tables with rows of the user: %s", byId).containsAll(byId.keySet());
        Await.until(() -> KeyTraces.of(redis, words).isEmpty());
    }

    private static void lateRetriesBringNothingBack(TestClient user) {
        String id = "zebra-one";
        String message = message("zebra");
        assertThat(user.post(path(id) + "?create=true", message).status()).isEqualTo(410);
        assertThat(user.post(path("zebra-new") + "?create=true", message).status())
                .isEqualTo(410);
        assertThat(user.post(path(id), message).status()).isEqualTo(404);
        assertThat(user.get(path(id)).status()).isEqualTo(404);
        assertThat(user.patch(path(id) + "/zebra-message", "{\"content\":\"zebra\"}")
                        .status())
                .isEqualTo(404);
        assertThat(user.patch("/api/conversations/" + id, "{\"title\":\"zebra\"}")
                        .status())
                .isEqualTo(404);
        assertThat(user.post("/api/conversations/" + id + "/fork", "{}").status())
                .isEqualTo(404);
        assertThat(user.delete("/api/conversations/" + id).status()).isEqualTo(404);
        assertThat(user.post("/chat?create=true", "{\"conversation_id\":\"" + id + "\",\"messages\":[" + message + "]}")
                        .status())
                .isEqualTo(410);
        assertThat(user.get("/api/conversations").json().at("/data").size()).isZero();
    }
}
