package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Window.Source;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import dev.verbatim.testkit.RedisCommands;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What one server learns of another's changes when Redis was not told of them. */
final class ChangeTailTest {
    private final String redis = RealServers.emptyRedis();

    /** Longer than by default, so that a machine that is busy otherwise makes no miss out of a hit. */
    private final HistoryConfig config =
            HistoryConfig.of(RealServers.newDatabase(), redis).withRedisTimeout(Duration.ofSeconds(2));

    private final HybridHistoryStore store = HybridHistoryStore.open(config);
    private final Owner owner = Owner.named("somebody");

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void anAppendOfAServerWithoutRedisIsSeenByTheOthers() {
        say(store, "a");
        assertThat(read().source()).isEqualTo(Source.MISS);
        assertThat(read().source()).isEqualTo(Source.HIT);
        try (HybridHistoryStore cut = withoutRedis()) {
            assertThat(say(cut, "b").lastSeq()).isEqualTo(2);
            Await.until(() -> read().lastSeq() == 2);
        }
    }

    @Test
    void aDeletionOfAServerWithoutRedisIsSeenByTheOthers() {
        say(store, "a");
        read();
        try (HybridHistoryStore cut = withoutRedis()) {
            cut.delete(owner, "c", AppendOptions.EXISTING);
            Await.until(this::isGone);
        }
    }

    @Test
    void aCoherentAppendIsSeenByTheOthersWhenItReturns() {
        say(store, "a");
        read();
        try (HybridHistoryStore cut = withoutRedis()) {
            for (int seq = 2; seq <= 4; seq++) {
                cut.append(owner, "c", List.of(NewMessage.of("user", "b")), AppendOptions.EXISTING.coherently());
                assertThat(read().lastSeq()).isEqualTo(seq);
            }
        }
    }

    @Test
    void whoFindsAnotherRedisProcessMakesAllBeginAnew() throws Exception {
        say(store, "a");
        read();
        Await.until(() -> read().source() == Source.HIT);
        long epoch = read().epoch();
        sql(config, "UPDATE cache_nodes SET run_id = 'of a process that lost its last second'");
        HybridHistoryStore.open(config).close();
        Await.until(() -> read().epoch() != epoch);
        Await.until(() -> read().source() == Source.HIT);
        assertThat(read().messages()).hasSize(1);
    }

    @Test
    void redisIsNotTrustedAfterAReconnectUntilItHasSaidWhoItIs() {
        say(store, "a");
        Await.until(() -> read().source() == Source.HIT);
        for (int i = 0; i < 5; i++) {
            RedisCommands.send(redis, "CLIENT KILL TYPE normal");
            assertThat(read().lastSeq()).isEqualTo(1);
            Await.until(() -> read().source() == Source.HIT);
        }
        assertThat(store.check().trusted()).isTrue();
    }

    @Test
    void whoStartsBehindMoreThanCanBeBroughtTrustsRedisAllTheSame() throws Exception {
        HistoryConfig behind = HistoryConfig.of(RealServers.newDatabase(), redis);
        HybridHistoryStore.open(behind).close();
        sql(
                behind,
                "INSERT INTO change_log (user_id, id, gen, seq, kind) SELECT gen_random_uuid(), gen_random_uuid(), 1, 1,"
                        + " 'conversation' FROM generate_series(1, 100001)");
        try (HybridHistoryStore late = HybridHistoryStore.open(behind)) {
            Await.until(() -> late.check().trusted());
        }
    }

    private static void sql(HistoryConfig config, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(config.databaseUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private boolean isGone() {
        try {
            read();
            return false;
        } catch (ConversationNotFoundException e) {
            return true;
        }
    }

    private HybridHistoryStore withoutRedis() {
        return HybridHistoryStore.open(HistoryConfig.of(config.databaseUrl(), "redis://127.0.0.1:1"));
    }

    private Appended say(HybridHistoryStore by, String text) {
        return by.append(owner, "c", List.of(NewMessage.of("user", text)), AppendOptions.CREATE);
    }

    private Window read() {
        return store.read(owner, "c", Slice.newest(20));
    }
}
