package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Window.Source;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A running server whose PostgreSQL is put back to an earlier state: what was cached since must not be shown. */
final class RestoreTest {
    /** What refers to another comes after it. */
    private static final List<String> RESTORED = List.of(
            "conversations",
            "messages",
            "search_conversations",
            "search_messages",
            "search_queue",
            "search_progress",
            "cache_epoch",
            "change_log",
            "change_log_drained");

    private final HistoryConfig config = HistoryConfig.of(RealServers.newDatabase(), RealServers.emptyRedis())
            .withRedisTimeout(Duration.ofSeconds(2));

    private final HybridHistoryStore store = HybridHistoryStore.open(config);
    private final Owner owner = Owner.named("somebody");

    @AfterEach
    void close() {
        store.close();
    }

    @Test
    void whatADumpBringsBackIsShownThoughItsEpochIsTheSame() throws Exception {
        say("a");
        Await.until(() -> read().source() == Source.HIT);
        sql("CREATE SCHEMA dump");
        for (String table : RESTORED) {
            sql("CREATE TABLE dump." + table + " AS SELECT * FROM " + table);
        }
        say("b");
        Await.until(() -> read().source() == Source.HIT && read().lastSeq() == 2);

        StringBuilder restore = new StringBuilder("TRUNCATE " + String.join(", ", RESTORED));
        RESTORED.forEach(table -> restore.append("; INSERT INTO " + table + " SELECT * FROM dump." + table));
        sql(restore.toString());

        Await.until(() -> read().lastSeq() == 1);
        say("c");
        Await.until(() -> read().source() == Source.HIT);
        assertThat(read().messages()).extracting(Message::seq).containsExactly(1L, 2L);
        assertThat(read().messages().getLast().json()).contains("\"c\"");
    }

    @Test
    void olderDataUnderARunningServerIsAnotherEpoch() throws Exception {
        say("a");
        Await.until(() -> read().source() == Source.HIT && isDrained());
        // Between this position and the next one the server has looked, so it has seen the first.
        say("b");
        Await.until(() -> read().source() == Source.HIT && isDrained());
        long epoch = read().epoch();

        sql("UPDATE change_log_drained SET position = '3:3:'");

        Await.until(() -> read().epoch() != epoch);
        Await.until(() -> read().source() == Source.HIT);
    }

    @Test
    void anEpochThatStaysIsNotReplaced() throws Exception {
        say("a");
        Await.until(() -> read().source() == Source.HIT && isDrained());
        long epoch = read().epoch();
        sql("VACUUM (FREEZE) cache_epoch");
        sql("VACUUM (FULL) cache_epoch");
        say("b");
        Await.until(() -> read().source() == Source.HIT && isDrained());
        HybridHistoryStore.open(config).close();
        assertThat(read().epoch()).isEqualTo(epoch);
    }

    private boolean isDrained() {
        try {
            sql("DO $$BEGIN ASSERT (SELECT bool_and(pg_visible_in_snapshot(xid, position))"
                    + " FROM change_log, change_log_drained); END$$");
            return true;
        } catch (SQLException e) {
            return false;
        }
    }

    private void sql(String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(config.databaseUrl());
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private void say(String text) {
        store.append(owner, "c", List.of(NewMessage.of("user", text)), AppendOptions.CREATE);
    }

    private Window read() {
        return store.read(owner, "c", Slice.newest(20));
    }
}
