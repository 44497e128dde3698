package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.Window.Source;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import dev.verbatim.testkit.RedisCommands;
import dev.verbatim.testkit.proxy.FaultProxy;
import java.net.URI;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * An append is committed, and on its way to Redis; nobody has been told that it is stored. Whoever sees it all the same, by
 * another way than a read, is not shown less by the next read, here or on another server.
 */
final class ShownEndsTest {
    private static final Owner OWNER = Owner.named("somebody");

    /** The change tail would tell soon as well; it cannot be quicker each time. */
    private static final int TIMES = 25;

    private final String redis = RealServers.emptyRedis();
    private final HistoryConfig config =
            HistoryConfig.of(RealServers.newDatabase(), redis).withRedisTimeout(Duration.ofSeconds(10));
    private final FaultProxy line = lineToRedis();
    private final HybridHistoryStore one = HybridHistoryStore.open(config);
    private final HybridHistoryStore other = HybridHistoryStore.open(config);
    private final HybridHistoryStore writer = HybridHistoryStore.open(
            HistoryConfig.of(config.databaseUrl(), redisAt(line.port())).withRedisTimeout(Duration.ofSeconds(10)));

    private FaultProxy lineToRedis() {
        URI there = URI.create(redis);
        FaultProxy proxy = new FaultProxy(there.getHost(), there.getPort());
        proxy.open();
        return proxy;
    }

    private String redisAt(int port) {
        URI there = URI.create(redis);
        String login = there.getRawUserInfo();
        return "redis://" + (login == null ? "" : login + "@") + "127.0.0.1:" + port;
    }

    @AfterEach
    void close() {
        line.heal();
        writer.close();
        one.close();
        other.close();
        line.close();
    }

    private interface Look {
        /** Whether the message of this number is seen. */
        boolean sees(long seq);
    }

    @Test
    void whoSawAMessageByItsId() throws Exception {
        neverGoesBack(seq -> one.message(OWNER, "c", "m" + seq).isPresent());
    }

    @Test
    void whoSawHowFarAConversationGoes() throws Exception {
        neverGoesBack(seq -> one.get(OWNER, "c").orElseThrow().lastSeq() == seq);
    }

    @Test
    void whoSawItInAList() throws Exception {
        neverGoesBack(seq -> one.list(OWNER, ListQuery.newest(20)).data().stream()
                .anyMatch(listed -> listed.id().equals("c") && listed.lastSeq() == seq));
    }

    @Test
    void whoSawItWhenRenaming() throws Exception {
        neverGoesBack(seq ->
                one.update(OWNER, "c", ConversationUpdate.NONE.title("t" + seq)).lastSeq() == seq);
    }

    @Test
    void whoSawItWhenMakingItAgain() throws Exception {
        neverGoesBack(seq ->
                one.create(OWNER, NewConversation.withId("c")).conversation().lastSeq() == seq);
    }

    private void neverGoesBack(Look look) throws Exception {
        say(1);
        for (long seq = 2; seq < 2 + TIMES; seq++) {
            Await.until(() -> other.read(OWNER, "c", Slice.newest(5)).source() == Source.HIT);
            long now = seq;
            line.holdRequests();
            FutureTask<Appended> underWay = new FutureTask<>(() -> say(now));
            Thread.ofVirtual().start(underWay);
            Await.until(() -> look.sees(now));
            assertThat(other.read(OWNER, "c", Slice.newest(5)).lastSeq()).isEqualTo(seq);
            assertThat(one.read(OWNER, "c", Slice.newest(5)).lastSeq()).isEqualTo(seq);
            assertThat(underWay).isNotDone();
            line.heal();
            underWay.get();
        }
    }

    /** Ways to be told that a conversation is gone. */
    enum Gone {
        GET,
        DELETE,
        RENAME,
        EDIT,
        TRUNCATE,
        FORK,
        APPEND;

        boolean isToldBy(HistoryStore store) {
            return switch (this) {
                case GET -> store.get(OWNER, "c").isEmpty();
                case DELETE -> !store.delete(OWNER, "c", AppendOptions.EXISTING);
                case RENAME -> isRefused(() -> store.update(OWNER, "c", ConversationUpdate.NONE.title("t")));
                case EDIT -> isRefused(() -> store.edit(OWNER, "c", "m1", MessageEdit.fromJson("{\"content\":\"x\"}")));
                case TRUNCATE -> isRefused(() -> store.truncate(OWNER, "c", 0, AppendOptions.EXISTING));
                case FORK -> isRefused(() -> store.fork(OWNER, "c", OptionalLong.empty(), AppendOptions.EXISTING));
                case APPEND ->
                    isRefused(() ->
                            store.append(OWNER, "c", List.of(NewMessage.of("user", "hello")), AppendOptions.CREATE));
            };
        }

        private static boolean isRefused(Runnable call) {
            try {
                call.run();
                return false;
            } catch (ConversationNotFoundException | ConversationGoneException e) {
                return true;
            }
        }
    }

    @ParameterizedTest
    @EnumSource
    void whoWasToldThatItIsGoneIsNotShownIt(Gone gone) throws Exception {
        say(1);
        Await.until(() -> other.read(OWNER, "c", Slice.newest(5)).source() == Source.HIT);
        line.holdRequests();
        FutureTask<Boolean> underWay = new FutureTask<>(() -> writer.delete(OWNER, "c", AppendOptions.EXISTING));
        Thread.ofVirtual().start(underWay);
        Await.until(this::isDeleted);
        assertThat(gone.isToldBy(one)).isTrue();
        assertThatThrownBy(() -> other.read(OWNER, "c", Slice.newest(5)))
                .isInstanceOf(ConversationNotFoundException.class);
        line.heal();
        assertThat(underWay.get()).isTrue();
    }

    private boolean isDeleted() {
        try (Connection connection = DriverManager.getConnection(config.databaseUrl());
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery("SELECT count(*) FROM conversations")) {
            return rows.next() && rows.getLong(1) == 0;
        } catch (SQLException e) {
            throw new AssertionError("PostgreSQL could not be asked", e);
        }
    }

    /** A Redis that refuses every script notes each attempt. */
    @Test
    void redisIsNotToldAgainOfWhatItKnows() {
        for (int i = 0; i < 20; i++) {
            writer.append(OWNER, "c" + i, List.of(NewMessage.of("user", "hello").withId("m")), AppendOptions.CREATE);
        }
        RedisCommands.send(redis, "ACL SETUSER default -eval -evalsha");
        try {
            Await.until(() -> {
                RedisCommands.send(redis, "ACL LOG RESET");
                assertThat(one.list(OWNER, ListQuery.newest(20)).data()).hasSize(20);
                assertThat(one.get(OWNER, "c7").orElseThrow().lastSeq()).isEqualTo(1);
                assertThat(one.message(OWNER, "c9", "m")).isPresent();
                return RedisCommands.send(redis, "ACL LOG").equals("*0");
            });
        } finally {
            RedisCommands.send(redis, "ACL SETUSER default +eval +evalsha");
        }
    }

    private Appended say(long seq) {
        NewMessage message = NewMessage.of("user", "number " + seq).withId("m" + seq);
        return writer.append(OWNER, "c", List.of(message), AppendOptions.CREATE);
    }
}
