package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.Window.Source;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import dev.verbatim.testkit.RedisCommands;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The store as a Redis user who may do no more than DESIGN.md says is needed. */
final class RedisAclTest {
    private static final String RULE = "ACL SETUSER verbatim ";

    private final String redis = RealServers.emptyRedis();
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
        URI address = URI.create(redis);
        String asUser = "redis://verbatim:secret@" + address.getHost() + ":" + address.getPort();
        HistoryConfig config =
                HistoryConfig.of(RealServers.newDatabase(), asUser).withRedisTimeout(Duration.ofSeconds(10));
        try (HybridHistoryStore store = HybridHistoryStore.open(config)) {
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
        assertThat(RedisCommands.send(redis, "ACL LOG")).isEqualTo("*0");
    }

    private void say(HistoryStore store, String text) {
        store.append(owner, "c", List.of(NewMessage.of("user", text)), AppendOptions.CREATE);
    }

    private Window read(HistoryStore store) {
        return store.read(owner, "c", Slice.newest(5));
    }
}
