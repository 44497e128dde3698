package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.Window.Source;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import dev.verbatim.testkit.RedisCommands;
import dev.verbatim.testkit.proxy.FaultProxy;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store as a Redis user who may do no more than DESIGN.md says is needed. */
final class RedisAclTest {
    private static final String RULE = "ACL SETUSER verbatim ";

    private final String redis = RealServers.emptyRedis();
    private final String database = RealServers.newDatabase();
    private final Owner owner = Owner.named("somebody");

    @BeforeEach
    void makeUser() throws Exception {
        String rule = Files.readString(Path.of("..", "DESIGN.md"))
                .lines()
                .filter(line -> line.startsWith(RULE))
                .findFirst()
                .orElseThrow();
        RedisCommands.send(redis, rule);
        RedisCommands.send(redis, "ACL LOG RESET");
    }

    @AfterEach
    void dropUser() {
        RedisCommands.send(redis, "ACL DELUSER verbatim");
    }

    @Test
    void nothingTheStoreDoesIsRefused() {
        try (HybridHistoryStore store =
                HybridHistoryStore.open(config(asUser(URI.create(redis).getPort())))) {
            say(store, "a".repeat(100_000));
            Await.until(() -> read(store).source() == Source.HIT);
            for (int i = 0; i < 60; i++) {
                say(store, "b".repeat(10_000));
                Await.until(() -> read(store).source() == Source.HIT);
            }
            assertThat(store.list(owner, ListQuery.newest(5)).data()).hasSize(1);
            assertThat(store.get(owner, "c")).isPresent();
            assertThat(store.get(owner, "none")).isEmpty();
            assertThat(store.check().trusted()).isTrue();
            store.delete(owner, "c", AppendOptions.EXISTING);
            assertThatThrownBy(() -> read(store)).isInstanceOf(ConversationNotFoundException.class);
        }
        nothingWasRefused();
    }

    @Test
    void whatIsChangedAndErasedIsNotRefusedEither() {
        try (HybridHistoryStore store =
                HybridHistoryStore.open(config(asUser(URI.create(redis).getPort())))) {
            store.create(owner, NewConversation.withId("c"));
            Appended first = say(store, "first");
            say(store, "second");
            awaitHit(store, 2);
            String id = first.messages().getFirst().id();
            assertThat(store.edit(owner, "c", id, MessageEdit.fromJson("{\"content\":\"edited\"}")))
                    .isPresent();
            awaitHit(store, 2);
            assertThat(store.truncate(owner, "c", 1, AppendOptions.EXISTING).lastSeq())
                    .isEqualTo(1);
            awaitHit(store, 1);
            Conversation fork = store.fork(owner, "c", OptionalLong.empty(), AppendOptions.EXISTING);
            Await.until(() -> store.read(owner, fork.id(), Slice.newest(5)).source() == Source.HIT);
            once(store);
            awaitHit(store, 2);
            store.append(owner, "c", List.of(NewMessage.of("user", "coherent")), AppendOptions.EXISTING.coherently());
            awaitHit(store, 3);
            store.erase(owner);
            assertThatThrownBy(() -> read(store)).isInstanceOf(ConversationNotFoundException.class);
            assertThat(store.check().trusted()).isTrue();
        }
        nothingWasRefused();
    }

    /** What it was not told while it was away it is told later, by the one whose turn it is to drain. */
    @Test
    void whatRedisIsToldAfterAnOutageIsNotRefusedEither() {
        URI address = URI.create(redis);
        try (FaultProxy line = new FaultProxy(address.getHost(), address.getPort())) {
            line.open();
            RecentChanges recent = new RecentChanges(100, () -> 0);
            HistoryConfig config = config(asUser(line.port())).withRedisTimeout(Duration.ofSeconds(2));
            try (HybridHistoryStore store = HybridHistoryStore.open(config, recent)) {
                say(store, "before");
                awaitHit(store, 1);
                cut(line);
                Await.until(() -> !store.check().cache());
                say(store, "while it is away");
                assertThat(read(store).source()).isEqualTo(Source.BYPASS);
                assertThat(recent.isEmpty()).isFalse();
                line.open();
                Await.until(recent::isEmpty);
                awaitHit(store, 2);
            }
        }
        nothingWasRefused();
    }

    private static void cut(FaultProxy line) {
        line.close();
    }

    private void nothingWasRefused() {
        assertThat(RedisCommands.send(redis, "ACL LOG")).isEqualTo("*0");
    }

    /** A request that is sent twice. */
    private void once(HybridHistoryStore store) {
        Requests requests = store.requests().orElseThrow();
        RepeatableRequest request = new RepeatableRequest(owner, "aa", "bb", Duration.ofHours(24), false);
        Claim claim = ((Requests.Turn) requests.claim(request)).claim();
        for (int i = 0; i < 2; i++) {
            assertThat(store.once(claim)
                            .append(owner, "c", List.of(NewMessage.of("user", "once")), AppendOptions.EXISTING)
                            .lastSeq())
                    .isEqualTo(2);
        }
        requests.keep(claim, new KeptAnswer(201, "A: b\n", new byte[] {1}), ConversationKey.of(owner, "c"));
    }

    private void awaitHit(HistoryStore store, long lastSeq) {
        Await.until(() -> {
            Window window = read(store);
            return window.source() == Source.HIT && window.lastSeq() == lastSeq;
        });
    }

    private String asUser(int port) {
        return "redis://verbatim:secret@" + URI.create(redis).getHost() + ":" + port;
    }

    private HistoryConfig config(String redisUrl) {
        return HistoryConfig.of(database, redisUrl).withRedisTimeout(Duration.ofSeconds(10));
    }

    private Appended say(HistoryStore store, String text) {
        return store.append(owner, "c", List.of(NewMessage.of("user", text)), AppendOptions.CREATE);
    }

    private Window read(HistoryStore store) {
        return store.read(owner, "c", Slice.newest(5));
    }
}
