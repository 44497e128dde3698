package dev.verbatim.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import dev.verbatim.ConversationKey;
import dev.verbatim.testkit.Await;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class RedisAwayTest extends TailTest {
    private static final Duration SHORT = Duration.ofMillis(50);

    private Forwarder forwarder;

    @BeforeEach
    void forward() throws IOException {
        forwarder = new Forwarder();
    }

    @AfterEach
    void close() {
        forwarder.releaseAnswers();
        forwarder.close();
    }

    @Test
    void aClosedPortFailsNothingButTheCalls() {
        try (RedisTail away = connect(forwarder.url(), SHORT)) {
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
    void aRedisThatComesLaterIsFoundAndOneThatGoesIsFoundAgain() throws IOException {
        try (RedisTail late = connect(forwarder.url(), Duration.ofSeconds(5))) {
            assertThat(late.reachable()).isFalse();
            forwarder.open();
            Await.until(() -> isTrusted(late));
            assertThat(fill(3, RawRedis.messages(1, 1))).isTrue();
            assertThat(cached(late, key).current()).isTrue();
            forwarder.close();
            Await.until(() -> !late.reachable());
            forwarder.open();
            Await.until(() -> isTrusted(late));
            assertThat(cached(late, key).current()).isTrue();
        }
    }

    @Test
    void whatIsOnItsWayWhenTheConnectionBreaksFailsAndIsNotSentAgain() throws IOException {
        forwarder.open();
        try (RedisTail cut = connect(forwarder.url(), Duration.ofSeconds(30))) {
            fill(3, RawRedis.messages(1, 1));
            forwarder.holdAnswers();
            PendingChanges pending = cut.apply(List.of(commit(key, 3, 2, 2)));
            Await.until(() -> "3 1 2 3 2 1".equals(redis.state(key)));
            redis.sync().del(Names.key(key));
            fill(3, RawRedis.messages(1, 1));
            forwarder.close();
            assertThat(pending.await()).containsExactly(key);
            forwarder.releaseAnswers();
            forwarder.open();
            Await.until(() -> isTrusted(cut));
            assertThat(redis.state(key)).isEqualTo("3 1 1 0 0 1");
        }
    }

    @Test
    void aSlowRedisIsNotWaitedFor() throws IOException {
        forwarder.open();
        try (RedisTail slow = connect(forwarder.url(), SHORT)) {
            Await.until(() -> isTrusted(slow));
            fill(3, RawRedis.messages(1, 1));
            forwarder.holdAnswers();
            isAway(() -> slow.read(key));
            assertThat(slow.apply(List.of(commit(key, 3, 2, 2))).await()).containsExactly(key);
            Await.until(() -> redis.state(key) == null);
            forwarder.releaseAnswers();
            Await.until(() -> isTrusted(slow));
            assertThat(slow.read(key)).isNull();
        }
    }
}
