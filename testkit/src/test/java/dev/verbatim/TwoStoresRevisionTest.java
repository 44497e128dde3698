package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.Window.Source;
import dev.verbatim.postgres.LogSlice;
import dev.verbatim.postgres.PostgresLog;
import dev.verbatim.redis.RedisTail;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import dev.verbatim.testkit.RedisCommands;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Two stores on the same servers: what one changed of a history, neither shows as it was before. */
final class TwoStoresRevisionTest {
    private final String redis = RealServers.emptyRedis();
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
    void anEditIsSeenByBothAtOnceAndCachedAgain() {
        String id = say("secret").messages().getFirst().id();
        say("more");
        assertThat(read(one).messages()).isEqualTo(read(other).messages());
        Edited edited = other.edit(owner, "c", id, edit("open")).orElseThrow();
        for (HybridHistoryStore store : List.of(one, other)) {
            Window window = read(store);
            assertThat(window.messages().getFirst()).isEqualTo(edited.message());
            assertThat(window.gen()).isEqualTo(edited.gen());
        }
        assertThat(read(one).source()).isEqualTo(Source.HIT);
        assertThat(read(one).messages().getFirst()).isEqualTo(edited.message());
    }

    @Test
    void whatWasEditedAwayIsNoLongerInRedis() {
        String id = say("secret").messages().getFirst().id();
        read(one);
        assertThat(RedisCommands.send(redis, "DBSIZE")).isEqualTo(":1");
        other.edit(owner, "c", id, edit("open"));
        assertThat(RedisCommands.send(redis, "DBSIZE")).isEqualTo(":0");
    }

    @Test
    void aTruncationIsSeenByBothAtOnceAndAppendsGoOnFromThere() {
        for (int i = 1; i <= 30; i++) {
            say("m" + i);
        }
        read(one);
        read(other);
        long gen = one.truncate(owner, "c", 25, AppendOptions.EXISTING).gen();
        assertThat(read(other).lastSeq()).isEqualTo(25);
        assertThat(read(one).messages().getLast().json()).contains("\"m25\"");
        Appended next =
                other.append(owner, "c", List.of(NewMessage.of("user", "new")), AppendOptions.EXISTING.onlyOf(gen));
        for (HybridHistoryStore store : List.of(one, other)) {
            Window window = read(store);
            assertThat(window.messages()).hasSize(20).endsWith(next.messages().getFirst());
            assertThat(window.lastSeq()).isEqualTo(26);
        }
        assertThat(read(one).source()).isEqualTo(Source.HIT);
    }

    @Test
    void aFillOfTheOldGenerationChangesNothing() {
        String id = say("secret").messages().getFirst().id();
        ConversationKey key = ConversationKey.of(owner, "c");
        long epoch = read(one).epoch();
        RedisCommands.flush(redis);
        try (PostgresLog log = PostgresLog.open(config);
                RedisTail late = RedisTail.connect(config, () -> epoch)) {
            assertThat(late.lease(key, 7, Duration.ofMinutes(1)).granted()).isTrue();
            LogSlice old = log.readFrom(key, 1, 20).orElseThrow();
            Edited edited = other.edit(owner, "c", id, edit("open")).orElseThrow();
            assertThat(late.fill(epoch, key, 7, old.gen(), 1, 1, old.messages()))
                    .isFalse();
            assertThat(read(one).messages()).containsExactly(edited.message());
            assertThat(read(one).source()).isEqualTo(Source.HIT);
            assertThat(late.fill(epoch, key, 7, old.gen(), 1, 1, old.messages()))
                    .isFalse();
            assertThat(read(one).messages()).containsExactly(edited.message());
        }
    }

    @Test
    void anEditWithoutRedisIsSeenByTheOtherAsSoonAsItHears() {
        String id = say("secret").messages().getFirst().id();
        read(one);
        read(other);
        RedisCommands.send(redis, "ACL SETUSER default -del");
        try {
            Edited edited = other.edit(owner, "c", id, edit("open")).orElseThrow();
            assertThat(read(other).messages()).containsExactly(edited.message());
            Await.until(() -> read(one).messages().equals(List.of(edited.message())));
        } finally {
            RedisCommands.send(redis, "ACL SETUSER default +del");
        }
    }

    @Test
    void aRetryAfterADeletionBringsNothingBack() {
        String id = say("a").messages().getFirst().id();
        long gen = read(one).gen();
        assertThat(other.delete(owner, "c", AppendOptions.EXISTING)).isTrue();
        AppendOptions late = AppendOptions.EXISTING.onlyOf(gen);
        assertThatThrownBy(() -> one.edit(owner, "c", id, edit("late")))
                .isInstanceOf(ConversationNotFoundException.class);
        assertThatThrownBy(() -> one.truncate(owner, "c", 0, late)).isInstanceOf(ConversationNotFoundException.class);
        assertThatThrownBy(() -> one.fork(owner, "c", OptionalLong.empty(), late))
                .isInstanceOf(ConversationNotFoundException.class);
        assertThatThrownBy(() -> say("late")).isInstanceOf(ConversationGoneException.class);
        assertThat(one.list(owner, ListQuery.newest(9)).data()).isEmpty();
        one.create(owner, NewConversation.withId("c"));
        assertThat(one.edit(owner, "c", id, edit("late"))).isEmpty();
        assertThatThrownBy(() -> other.truncate(owner, "c", 0, late)).isInstanceOf(GenerationChangedException.class);
    }

    /** The text says how often it was edited: a read is never behind what was acknowledged before it began. */
    @Test
    void everyReadSeesTheEditsAcknowledgedBeforeItBegan() throws Exception {
        String id = say("0").messages().getFirst().id();
        AtomicLong acknowledged = new AtomicLong();
        AtomicBoolean done = new AtomicBoolean();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (HybridHistoryStore store : List.of(one, other)) {
                for (int reader = 0; reader < 3; reader++) {
                    running.add(callers.submit(() -> readAlong(store, acknowledged, done)));
                }
            }
            Future<?> appender = callers.submit(() -> {
                while (!done.get()) {
                    one.append(owner, "c", NewMessage.of("assistant", "answer"));
                }
            });
            try {
                for (int i = 1; i <= 25; i++) {
                    HybridHistoryStore store = i % 2 == 0 ? one : other;
                    store.edit(owner, "c", id, edit(Integer.toString(i)));
                    store.truncate(owner, "c", 1, AppendOptions.EXISTING);
                    acknowledged.set(i);
                }
            } finally {
                done.set(true);
            }
            appender.get();
            for (Future<?> caller : running) {
                caller.get();
            }
        }
        assertThat(read(one, Slice.after(0, 1)).messages().getFirst().json()).contains("\"25\"");
    }

    private void readAlong(HybridHistoryStore store, AtomicLong acknowledged, AtomicBoolean done) {
        long seenGen = 0;
        while (!done.get()) {
            long atLeast = acknowledged.get();
            Window window = read(store, Slice.after(0, 1));
            String json = window.messages().getFirst().json();
            String content = "\"content\":\"";
            int from = json.indexOf(content) + content.length();
            assertThat(Long.parseLong(json.substring(from, json.indexOf('"', from))))
                    .isGreaterThanOrEqualTo(atLeast);
            assertThat(window.gen()).isGreaterThanOrEqualTo(seenGen);
            seenGen = window.gen();
        }
    }

    private static MessageEdit edit(String content) {
        return MessageEdit.fromJson("{\"content\":\"" + content + "\"}");
    }

    private Appended say(String text) {
        return one.append(owner, "c", List.of(NewMessage.of("user", text)), AppendOptions.CREATE);
    }

    private Window read(HybridHistoryStore store) {
        return read(store, Slice.newest(20));
    }

    private Window read(HybridHistoryStore store, Slice slice) {
        return store.read(owner, "c", slice);
    }
}
