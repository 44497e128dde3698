package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.Window.Source;
import dev.verbatim.testkit.RealServers;
import dev.verbatim.testkit.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two stores on the same servers, as two services are: what one acknowledged the other shows, whatever Redis does. */
final class TwoStoresTest {
    private final String redis = RealServers.emptyRedis();

    /** Longer than by default, so that a machine that is busy otherwise makes no miss out of a hit. */
    private final HistoryConfig config =
            HistoryConfig.of(RealServers.newDatabase(), redis).withRedisTimeout(Duration.ofSeconds(2));

    private final HybridHistoryStore one = HybridHistoryStore.open(config);
    private final HybridHistoryStore other = HybridHistoryStore.open(config);
    private final Owner owner = Owner.named("somebody");

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void aSecondReadIsAHitAndStaysOneThroughAppendsOfEither() {
        say(one, "a");
        assertThat(read(one).source()).isEqualTo(Source.MISS);
        assertThat(read(one).source()).isEqualTo(Source.HIT);
        assertThat(read(other).source()).isEqualTo(Source.HIT);
        say(other, "b");
        Window window = read(one);
        assertThat(window.source()).isEqualTo(Source.HIT);
        assertThat(window.lastSeq()).isEqualTo(2);
        assertThat(window.messages())
                .isEqualTo(read(one, Slice.newest(20).freshly()).messages());
    }

    @Test
    void theBytesAreTheSameFromRedisAndFromPostgres() {
        String odd =
                "{\"role\":\"user\",\"tokens_used\":7,\"model\":\"m\",\"content\":\"\\u0000\\ud800 \ud83d\ude00\",\"n\":1e400}";
        one.append(owner, "c", List.of(NewMessage.fromJson(odd)), AppendOptions.CREATE);
        read(one);
        one.append(owner, "c", NewMessage.fromJson(odd));
        Window cached = read(other);
        assertThat(cached.source()).isEqualTo(Source.HIT);
        assertThat(cached.messages())
                .isEqualTo(read(other, Slice.newest(20).freshly()).messages());
    }

    @Test
    void aHitAnswersEverySliceItHoldsAndPostgresTheRest() {
        for (int i = 0; i < 40; i++) {
            say(one, "m" + i);
        }
        read(one);
        assertThat(read(one, Slice.newest(20)).source()).isEqualTo(Source.HIT);
        assertThat(read(one, Slice.after(35, 3)).source()).isEqualTo(Source.HIT);
        assertThat(read(one, Slice.after(40, 3)).source()).isEqualTo(Source.HIT);
        assertThat(read(one, Slice.before(10, 5)).source()).isEqualTo(Source.MISS);
        assertThat(read(one, Slice.after(0, 5)).messages()).hasSize(5);
        assertThat(read(one, Slice.newest(20).minSeq(41)).source()).isEqualTo(Source.MISS);
        assertThat(read(one, Slice.newest(20).freshly()).source()).isEqualTo(Source.BYPASS);
    }

    @Test
    void everyReadSeesWhatWasAcknowledgedBeforeItBegan() throws Exception {
        say(one, "first");
        AtomicLong acknowledged = new AtomicLong(1);
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (HybridHistoryStore store : List.of(one, other)) {
                running.add(callers.submit(() -> {
                    for (int i = 0; i < 200; i++) {
                        long seq = say(store, "x").lastSeq();
                        acknowledged.accumulateAndGet(seq, Math::max);
                    }
                }));
                for (int reader = 0; reader < 4; reader++) {
                    running.add(callers.submit(() -> readAlong(store, acknowledged)));
                }
            }
            running.add(callers.submit(() -> {
                for (int i = 0; i < 30; i++) {
                    RedisCommands.flush(redis);
                }
            }));
            for (Future<?> caller : running) {
                caller.get();
            }
        }
        assertThat(read(one).lastSeq()).isEqualTo(401);
    }

    private void readAlong(HybridHistoryStore store, AtomicLong acknowledged) {
        Random random = new Random();
        long seen = 0;
        while (seen < 401) {
            long atLeast = Math.max(seen, acknowledged.get());
            Window window = read(store, random.nextBoolean() ? Slice.newest(20) : Slice.newest(3));
            assertThat(window.lastSeq()).isGreaterThanOrEqualTo(atLeast);
            assertThat(window.messages().getLast().seq()).isEqualTo(window.lastSeq());
            seen = window.lastSeq();
        }
    }

    @Test
    void aDeletedConversationIsGoneAtOnceForBoth() {
        say(one, "a");
        read(one);
        read(other);
        assertThat(other.delete(owner, "c", AppendOptions.EXISTING)).isTrue();
        assertThatThrownBy(() -> read(one)).isInstanceOf(ConversationNotFoundException.class);
        assertThatThrownBy(() -> read(other)).isInstanceOf(ConversationNotFoundException.class);
        one.create(owner, NewConversation.withId("c"));
        assertThat(read(other).messages()).isEmpty();
    }

    @Test
    void whoWasToldThatItIsGoneIsNotShownItAgain() {
        say(one, "a");
        read(one);
        RedisCommands.send(redis, "ACL SETUSER default -del");
        try (HybridHistoryStore dying = HybridHistoryStore.open(config)) {
            assertThat(dying.delete(owner, "c", AppendOptions.EXISTING)).isTrue();
        } finally {
            RedisCommands.send(redis, "ACL SETUSER default +del");
        }
        assertThatThrownBy(() -> read(other, Slice.newest(20).freshly()))
                .isInstanceOf(ConversationNotFoundException.class);
        assertThat(RedisCommands.send(redis, "DBSIZE")).isEqualTo(":0");
        assertThatThrownBy(() -> read(one)).isInstanceOf(ConversationNotFoundException.class);
    }

    @Test
    void whatIsMadeAnewDoesNotBeginWithWhatWasDeleted() {
        say(one, "a");
        read(one);
        RedisCommands.send(redis, "ACL SETUSER default -del");
        try (HybridHistoryStore dying = HybridHistoryStore.open(config)) {
            assertThat(dying.delete(owner, "c", AppendOptions.EXISTING)).isTrue();
        } finally {
            RedisCommands.send(redis, "ACL SETUSER default +del");
        }
        other.create(owner, NewConversation.withId("c"));
        assertThat(RedisCommands.send(redis, "DBSIZE")).isEqualTo(":0");
        assertThat(read(one).messages()).isEmpty();
    }

    @Test
    void erasingAnOwnerEmptiesTheCacheToo() {
        say(one, "secret");
        read(one);
        assertThat(RedisCommands.send(redis, "DBSIZE")).isEqualTo(":1");
        other.erase(owner);
        assertThat(RedisCommands.send(redis, "DBSIZE")).isEqualTo(":0");
        assertThatThrownBy(() -> read(one)).isInstanceOf(ConversationNotFoundException.class);
    }

    @Test
    void anErasedConversationIsNotServedThoughRedisKeepsIt() {
        say(one, "secret");
        read(one);
        RedisCommands.send(redis, "ACL SETUSER default -del");
        try {
            one.erase(owner);
            assertThat(RedisCommands.send(redis, "DBSIZE")).isEqualTo(":1");
            assertThatThrownBy(() -> read(one)).isInstanceOf(ConversationNotFoundException.class);
        } finally {
            RedisCommands.send(redis, "ACL SETUSER default +del");
        }
    }

    @Test
    void redisThatDoesNotAnswerHoldsNothingUpAndIsNotBehindAfterwards() {
        try (HybridHistoryStore quick = HybridHistoryStore.open(config.withRedisTimeout(Duration.ofMillis(50)))) {
            say(quick, "a");
            read(quick);
            RedisCommands.send(redis, "CLIENT PAUSE 1000 ALL");
            assertThat(say(quick, "b").lastSeq()).isEqualTo(2);
            assertThat(read(quick).lastSeq()).isEqualTo(2);
            assertThat(say(quick, "c").lastSeq()).isEqualTo(3);
            for (Window last = read(quick); last.source() != Source.HIT; last = read(quick)) {
                assertThat(last.lastSeq()).isEqualTo(3);
            }
            assertThat(read(quick).lastSeq()).isEqualTo(3);
            assertThat(read(other).lastSeq()).isEqualTo(3);
        }
    }

    @Test
    void aFlushedRedisIsFilledAgain() {
        say(one, "a");
        read(one);
        RedisCommands.flush(redis);
        assertThat(read(one).source()).isEqualTo(Source.MISS);
        assertThat(read(one).source()).isEqualTo(Source.HIT);
    }

    private Appended say(HybridHistoryStore store, String text) {
        return store.append(owner, "c", List.of(NewMessage.of("user", text)), AppendOptions.CREATE);
    }

    private Window read(HybridHistoryStore store) {
        return read(store, Slice.newest(20));
    }

    private Window read(HybridHistoryStore store, Slice slice) {
        return store.read(owner, "c", slice);
    }
}
