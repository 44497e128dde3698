package dev.verbatim.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.verbatim.ConversationKey;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.proxy.FaultProxy;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisAwayTest extends TailTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    private FaultProxy forwarder;
    private String url;

    @BeforeEach
    void forward() {
        URI redis = URI.create(RawRedis.URL);
        forwarder = new FaultProxy(redis.getHost(), redis.getPort());
        String login = redis.getRawUserInfo();
        url = "redis://" + (login == null ? "" : login + "@") + "127.0.0.1:" + forwarder.port();
    }

    @AfterEach
    void close() {
        forwarder.heal();
        forwarder.close();
    }

    @Test
    void aClosedPortFailsNothingButTheCalls() {
        try (RedisTail away = connect(url, SHORT)) {
            everyCallSaysThatRedisIsAway(away);
        }
    }

    @Test
    void aServerThatNeverAnswersFailsNothingButTheCalls() throws IOException {
        try (ServerSocket silent = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());
                RedisTail away = connect("redis://127.0.0.1:" + silent.getLocalPort(), SHORT)) {
            everyCallSaysThatRedisIsAway(away);
        }
    }

    private void everyCallSaysThatRedisIsAway(RedisTail away) {
        assertThat(away.reachable()).isFalse();
        isAway(() -> away.read(key));
        isAway(() -> away.lease(key, 7, Duration.ofSeconds(1)));
        isAway(() -> away.fill(epoch.get(), key, 7, 3, 1, 1, RawRedis.messages(1, 1)));
        isAway(() -> away.note(epoch.get(), key, 3, 1));
        isAway(() -> away.drop(key));
        ConversationKey other = RawRedis.newKey();
        assertThat(away.apply(List.of(commit(key, 3, 1, 1), commit(other, 3, 1, 2)))
                        .await())
                .containsExactly(key, other);
    }

    private static void isAway(Runnable call) {
        assertThatExceptionOfType(RedisAwayException.class).isThrownBy(call::run);
    }

    @Test
    void aRedisThatComesLaterIsFoundAndOneThatGoesIsFoundAgain() {
        try (RedisTail late = connect(url, Duration.ofSeconds(5))) {
            assertThat(late.reachable()).isFalse();
            forwarder.open();
            Await.until(() -> isTrusted(late));
            assertThat(fill(3, RawRedis.messages(1, 1))).isTrue();
            assertThat(cached(late, key).current()).isTrue();
            forwarder.close();
            Await.until(() -> !late.reachable() && !late.isTrusted());
            forwarder.open();
            Await.until(() -> isTrusted(late));
            assertThat(cached(late, key).current()).isTrue();
        }
    }

    @Test
    void whatIsOnItsWayWhenTheConnectionBreaksFailsAndIsNotSentAgain() {
        forwarder.open();
        try (RedisTail cut = connect(url, Duration.ofSeconds(30))) {
            Await.until(() -> isTrusted(cut));
            fill(3, RawRedis.messages(1, 1));
            // A Redis that does not know the script yet would have to say so first.
            assertThat(tail.apply(List.of(commit(key, 3, 1, 1))).await()).isEmpty();
            forwarder.holdAnswers();
            PendingChanges pending = cut.apply(List.of(commit(key, 3, 2, 2)));
            Await.until(() -> "3 1 2 3 2 1".equals(redis.state(key)));
            redis.sync().del(Names.key(key));
            fill(3, RawRedis.messages(1, 1));
            forwarder.close();
            assertThat(pending.await()).containsExactly(key);
            forwarder.heal();
            forwarder.open();
            Await.until(() -> isTrusted(cut));
            assertThat(redis.state(key)).isEqualTo("3 1 1 0 0 1");
        }
    }

    @Test
    void aSlowRedisIsNotWaitedFor() {
        forwarder.open();
        try (RedisTail slow = connect(url, SHORT)) {
            Await.until(() -> isTrusted(slow));
            fill(3, RawRedis.messages(1, 1));
            forwarder.holdAnswers();
            isAway(() -> slow.read(key));
            assertThat(slow.apply(List.of(commit(key, 3, 2, 2))).await()).containsExactly(key);
            Await.until(() -> redis.state(key) == null);
            forwarder.heal();
            Await.until(() -> isTrusted(slow));
            assertThat(slow.read(key)).isNull();
        }
    }

    @Test
    void aBusyRedisIsWaitedForAsLongAsItAnswersOthers() throws InterruptedException {
        forwarder.open();
        try (RedisTail busy = connect(url, Duration.ofMillis(400))) {
            Await.until(() -> isTrusted(busy));
            fill(3, RawRedis.messages(1, 1));
            forwarder.delay(Duration.ofMillis(300));
            AtomicBoolean over = new AtomicBoolean();
            Thread others = Thread.ofVirtual().start(() -> appendUntil(over, busy));
            Await.until(() -> isRead(busy));
            over.set(true);
            others.join();
        }
    }

    @Test
    void aChangeIsToldAlsoWhenReadsHaveGivenUp() throws InterruptedException {
        forwarder.open();
        try (RedisTail slow = connect(url, Duration.ofMillis(400))) {
            Await.until(() -> isTrusted(slow));
            fill(3, RawRedis.messages(1, 1));
            // A Redis that does not know the script yet would have to say so first.
            assertThat(tail.apply(List.of(commit(key, 3, 1, 1))).await()).isEmpty();
            forwarder.delay(Duration.ofMillis(300));
            join(readers(slow));
            assertThat(slow.apply(List.of(commit(key, 3, 2, 2))).await()).isEmpty();
            assertThat(redis.state(key)).startsWith("3 1 2");
        }
    }

    @Test
    void aRedisThatAnswersNothingForLongIsNotToldAnyMore() {
        forwarder.open();
        try (RedisTail silent = connect(url, SHORT)) {
            Await.until(() -> isTrusted(silent));
            forwarder.holdAnswers();
            Await.until(() -> {
                fill(3, RawRedis.messages(1, 1));
                isAway(() -> silent.read(key));
                isAway(() -> silent.drop(key));
                return redis.state(key) != null;
            });
        }
    }

    @Test
    void readsThatWaitForOthersFailWithThemAndLaterOnesAreAnswered() throws InterruptedException {
        forwarder.open();
        try (RedisTail slow = connect(url, SHORT)) {
            Await.until(() -> isTrusted(slow));
            fill(3, RawRedis.messages(1, 1));
            forwarder.holdAnswers();
            join(readers(slow));
            forwarder.heal();
            Await.until(() -> isTrusted(slow) && isRead(slow));
        }
    }

    @Test
    void readsThatWaitWhenTheConnectionBreaksDoNotWaitOn() throws InterruptedException {
        forwarder.open();
        try (RedisTail cut = connect(url, Duration.ofDays(1))) {
            Await.until(() -> isTrusted(cut));
            fill(3, RawRedis.messages(1, 1));
            forwarder.holdAnswers();
            List<Thread> readers = readers(cut);
            Await.until(() -> readers.stream().allMatch(reader -> reader.getState() == Thread.State.TIMED_WAITING));
            forwarder.close();
            join(readers);
            forwarder.heal();
            forwarder.open();
            Await.until(() -> isTrusted(cut) && isRead(cut));
        }
    }

    /** Twenty who find that Redis is away. */
    private List<Thread> readers(RedisTail away) {
        return IntStream.range(0, 20)
                .mapToObj(i -> Thread.ofVirtual().start(() -> isAway(() -> away.read(key))))
                .toList();
    }

    private static void join(List<Thread> threads) throws InterruptedException {
        for (Thread thread : threads) {
            thread.join();
        }
    }

    private static void appendUntil(AtomicBoolean over, RedisTail busy) {
        ConversationKey other = RawRedis.newKey();
        while (!over.get()) {
            busy.apply(List.of(commit(other, 3, 1, 1)));
            LockSupport.parkNanos(Duration.ofMillis(20).toNanos());
        }
    }

    private boolean isRead(RedisTail busy) {
        try {
            return busy.read(key) != null;
        } catch (RedisAwayException e) {
            return false;
        }
    }
}
