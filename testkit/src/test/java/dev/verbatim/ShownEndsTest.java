package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.Window.Source;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import dev.verbatim.testkit.RedisCommands;
import dev.verbatim.testkit.proxy.FaultProxy;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * An append is committed, and on its way to Redis; nobody has been told that it is stored. Whoever sees it all the same, by
 * another way than a read, is not shown less by the next read, here or on another server.
 */
final class ShownEndsTest {
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
    private final Owner owner = Owner.named("somebody");

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
        neverGoesBack(seq -> one.message(owner, "c", "m" + seq).isPresent());
    }

    @Test
    void whoSawHowFarAConversationGoes() throws Exception {
        neverGoesBack(seq -> one.get(owner, "c").orElseThrow().lastSeq() == seq);
    }

    @Test
    void whoSawItInAList() throws Exception {
        neverGoesBack(seq -> one.list(owner, ListQuery.newest(20)).data().stream()
                .anyMatch(listed -> listed.id().equals("c") && listed.lastSeq() == seq));
    }

    @Test
    void whoSawItWhenRenaming() throws Exception {
        neverGoesBack(seq ->
                one.update(owner, "c", ConversationUpdate.NONE.title("t" + seq)).lastSeq() == seq);
    }

    @Test
    void whoSawItWhenMakingItAgain() throws Exception {
        neverGoesBack(seq ->
                one.create(owner, NewConversation.withId("c")).conversation().lastSeq() == seq);
    }

    private void neverGoesBack(Look look) throws Exception {
        say(1);
        for (long seq = 2; seq < 2 + TIMES; seq++) {
            Await.until(() -> other.read(owner, "c", Slice.newest(5)).source() == Source.HIT);
            long now = seq;
            line.holdRequests();
            FutureTask<Appended> underWay = new FutureTask<>(() -> say(now));
            Thread.ofVirtual().start(underWay);
            Await.until(() -> look.sees(now));
            assertThat(other.read(owner, "c", Slice.newest(5)).lastSeq()).isEqualTo(seq);
            assertThat(one.read(owner, "c", Slice.newest(5)).lastSeq()).isEqualTo(seq);
            assertThat(underWay).isNotDone();
            line.heal();
            underWay.get();
        }
    }

    @Test
    void whoWasToldThatItIsGoneIsNotShownIt() throws Exception {
        say(1);
        Await.until(() -> other.read(owner, "c", Slice.newest(5)).source() == Source.HIT);
        line.holdRequests();
        FutureTask<Boolean> underWay = new FutureTask<>(() -> writer.delete(owner, "c", AppendOptions.EXISTING));
        Thread.ofVirtual().start(underWay);
        Await.until(() -> one.get(owner, "c").isEmpty());
        assertThat(RedisCommands.send(redis, "DBSIZE")).isEqualTo(":0");
        assertThatThrownBy(() -> other.read(owner, "c", Slice.newest(5)))
                .isInstanceOf(ConversationNotFoundException.class);
        line.heal();
        assertThat(underWay.get()).isTrue();
    }

    /** A Redis that refuses every script notes each attempt. */
    @Test
    void redisIsNotToldAgainOfWhatItKnows() {
        for (int i = 0; i < 20; i++) {
            writer.append(owner, "c" + i, List.of(NewMessage.of("user", "hello").withId("m")), AppendOptions.CREATE);
        }
        RedisCommands.send(redis, "ACL SETUSER default -eval -evalsha");
        try {
            Await.until(() -> {
                RedisCommands.send(redis, "ACL LOG RESET");
                assertThat(one.list(owner, ListQuery.newest(20)).data()).hasSize(20);
                assertThat(one.get(owner, "c7").orElseThrow().lastSeq()).isEqualTo(1);
                assertThat(one.message(owner, "c9", "m")).isPresent();
                return RedisCommands.send(redis, "ACL LOG").equals("*0");
            });
        } finally {
            RedisCommands.send(redis, "ACL SETUSER default +eval +evalsha");
        }
    }

    private Appended say(long seq) {
        NewMessage message = NewMessage.of("user", "number " + seq).withId("m" + seq);
        return writer.append(owner, "c", List.of(message), AppendOptions.CREATE);
    }
}
