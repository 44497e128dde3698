package dev.verbatim.redis;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.Commit;
import dev.verbatim.ConversationKey;
import dev.verbatim.Message;
import dev.verbatim.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class RedisTailTest extends TailTest {
    @Test
    void theKeyIsReadable() {
        UUID id = UUID.fromString("0f000000-0a00-4000-8000-00000000000b");
        assertThat(Names.key(new ConversationKey(id, id)))
                .asString()
                .isEqualTo("conversation:{0f000000-0a00-4000-8000-00000000000b}");
        assertThat(Names.key(key)).asString().isEqualTo("conversation:{" + key.id() + "}");
    }

    @Test
    void whatNobodyFilledIsNothing() {
        assertThat(tail.read(key)).isNull();
        tail.lease(key, 7, Duration.ofMinutes(1));
        CachedTail leased = cached(key);
        assertThat(leased.hasData()).isFalse();
        assertThat(leased.current()).isFalse();
        assertThatIllegalArgumentException().isThrownBy(() -> leased.messages(1, 0));
    }

    @Test
    void whatWasFilledIsReadByteByByte() {
        List<Message> lines = new ArrayList<>();
        for (String content : List.of("plain", "\\u0000 \\ud800 \\n", "שלום 👋 ığüşöç", "")) {
            lines.add(RawRedis.message(lines.size() + 1L, content));
        }
        assertThat(fill(3, lines)).isTrue();
        CachedTail read = cached(key);
        assertThat(read.current()).isTrue();
        assertThat(read.epoch()).isEqualTo(RawRedis.EPOCH);
        assertThat(List.of(read.gen(), read.lo(), read.hi(), read.needGen(), read.needSeq()))
                .containsExactly(3L, 1L, 4L, 0L, 0L);
        assertThat(read.messages(1, 4)).isEqualTo(lines);
        assertThat(read.messages(1, 4).get(1).seq()).isEqualTo(2);
    }

    @Test
    void anyRunWithinCanBeAskedFor() {
        List<Message> all = RawRedis.messages(1, 6);
        fill(3, all);
        CachedTail read = cached(key);
        for (int from = 1; from <= 7; from++) {
            for (int to = from - 1; to <= 6; to++) {
                assertThat(read.messages(from, to)).isEqualTo(all.subList(from - 1, to));
            }
        }
        assertThatIllegalArgumentException().isThrownBy(() -> read.messages(0, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> read.messages(1, 7));
        assertThatIllegalArgumentException().isThrownBy(() -> read.messages(5, 3));
    }

    @Test
    void ofManyReadsAtOnceEachGetsItsOwn() throws InterruptedException {
        List<ConversationKey> keys = Stream.generate(RawRedis::newKey).limit(20).toList();
        for (int i = 0; i < keys.size(); i++) {
            fill(keys.get(i), 3, RawRedis.messages(1, i % WINDOW));
        }
        AtomicInteger right = new AtomicInteger();
        List<Thread> readers = new ArrayList<>();
        for (int i = 0; i < keys.size(); i++) {
            int last = i % WINDOW;
            ConversationKey own = keys.get(i);
            readers.add(Thread.ofVirtual().start(() -> {
                for (int n = 0; n < 50; n++) {
                    CachedTail read = cached(own);
                    assertThat(read.messages(1, read.hi())).isEqualTo(RawRedis.messages(1, last));
                    right.incrementAndGet();
                }
            }));
        }
        for (Thread reader : readers) {
            reader.join();
        }
        assertThat(right).hasValue(50 * keys.size());
        keys.forEach(tail::drop);
        assertThat(keys).allMatch(gone -> tail.read(gone) == null);
    }

    @Test
    void anEmptyConversationIsAnAnswer() {
        assertThat(fill(3, List.of())).isTrue();
        CachedTail read = cached(key);
        assertThat(read.current()).isTrue();
        assertThat(read.hi()).isZero();
        assertThat(read.messages(1, 0)).isEmpty();
    }

    @Test
    void aLeaseTellsWhatIsThere() {
        assertThat(tail.lease(key, 7, Duration.ofMinutes(1))).isEqualTo(new Lease(true, false, 0, 0, 0));
        assertThat(tail.lease(key, 8, Duration.ofMinutes(1))).isEqualTo(new Lease(false, false, 0, 0, 0));
        assertThat(tail.fill(epoch.get(), key, 7, 3, 2, 4, RawRedis.messages(2, 4)))
                .isTrue();
        assertThat(tail.lease(key, -8, Duration.ofMinutes(1))).isEqualTo(new Lease(true, true, 3, 2, 4));
        assertThat(tail.fill(epoch.get(), key, -8, 3, 5, 5, RawRedis.messages(5, 5)))
                .isTrue();
        assertThat(cached(key).messages(2, 5)).isEqualTo(RawRedis.messages(2, 5));
    }

    @Test
    void aNoteMakesItOldAndADropTakesItAway() {
        fill(3, RawRedis.messages(1, 2));
        tail.note(epoch.get(), key, 3, 2);
        assertThat(cached(key).current()).isTrue();
        tail.note(epoch.get(), key, 3, 3);
        assertThat(cached(key).current()).isFalse();
        tail.drop(key);
        assertThat(tail.read(key)).isNull();
        tail.drop(key);
    }

    @Test
    void aNewerGenerationIsNewerWhateverItsEnd() {
        fill(3, RawRedis.messages(1, 5));
        tail.note(epoch.get(), key, 4, 1);
        assertThat(cached(key).current()).isFalse();
        assertThat(fill(5, RawRedis.messages(1, 1))).isTrue();
        assertThat(cached(key).current()).isTrue();
    }

    @Test
    void anotherEpochOrOwnerReadsNothing() {
        fill(3, RawRedis.messages(1, 2));
        ConversationKey foreign = new ConversationKey(UUID.randomUUID(), key.id());
        assertThat(tail.read(foreign)).isNull();
        epoch.set(-1);
        assertThat(tail.read(key)).isNull();
        assertThat(tail.fill(epoch.get(), key, 7, 3, 1, 2, RawRedis.messages(1, 2)))
                .isFalse();
        epoch.set(RawRedis.EPOCH);
        assertThat(tail.read(key)).isNotNull();
    }

    @Test
    void aCommitUnderAnotherEpochLeavesNothingThatLacksIt() {
        fill(3, RawRedis.messages(1, 2));
        assertThat(tail.apply(List.of(new Commit(key, -1, 3, 3, 3, RawRedis.messages(3, 3))))
                        .await())
                .isEmpty();
        assertThat(tail.read(key)).isNull();
    }

    @Test
    void aForeignFormatReadsAsNothing() {
        for (String value : List.of("", "v2", "x".repeat(500), "v1 " + "0".repeat(500))) {
            redis.sync().set(Names.key(key), value.getBytes(StandardCharsets.US_ASCII));
            assertThat(tail.read(key)).isNull();
        }
    }

    @Test
    void aDamagedEntryIsNeverAnAnswer() {
        fill(3, RawRedis.messages(1, 3));
        byte[] whole = redis.sync().get(Names.key(key));
        redis.sync().set(Names.key(key), Arrays.copyOf(whole, whole.length - 10));
        assertThatThrownBy(() -> cached(key).messages(1, 3)).isInstanceOf(RedisAwayException.class);
        redis.sync().set(Names.key(key), Arrays.copyOf(whole, Header.LENGTH));
        assertThatThrownBy(() -> cached(key).messages(1, 3)).isInstanceOf(RedisAwayException.class);
        whole[40] = 'x';
        redis.sync().set(Names.key(key), whole);
        assertThat(tail.read(key)).isNull();
    }

    @Test
    void aLineThatIsTooLargeIsNotKeptButItsNumberIs() {
        List<Message> lines =
                List.of(RawRedis.message(1), RawRedis.message(2, "x".repeat(1 << 20)), RawRedis.message(3));
        assertThat(fill(3, lines.subList(0, 2))).isTrue();
        CachedTail read = cached(key);
        assertThat(read.current()).isTrue();
        assertThat(List.of(read.lo(), read.hi())).containsExactly(3L, 2L);
        assertThat(tail.apply(List.of(commit(key, 3, 3, 3))).await()).isEmpty();
        assertThat(cached(key).messages(3, 3)).isEqualTo(RawRedis.messages(3, 3));
        tail.drop(key);
        assertThat(fill(3, lines)).isTrue();
        assertThat(cached(key).lo()).isEqualTo(3);
    }

    @Test
    void readingRenewsTheTimeToLive() {
        fill(3, RawRedis.messages(1, 2));
        redis.sync().pexpire(Names.key(key), 60_000);
        Await.until(() -> {
            assertThat(tail.read(key)).isNotNull();
            return redis.sync().pttl(Names.key(key)) > 60_000;
        });
    }

    @Test
    void everyScriptOutlivesAFlushOfTheScripts() {
        redis.sync().scriptFlush();
        tail.lease(key, 7, Duration.ofMinutes(1));
        redis.sync().scriptFlush();
        assertThat(tail.fill(epoch.get(), key, 7, 3, 1, 2, RawRedis.messages(1, 2)))
                .isTrue();
        redis.sync().scriptFlush();
        assertThat(tail.apply(List.of(commit(key, 3, 3, 3))).await()).isEmpty();
        redis.sync().scriptFlush();
        tail.note(epoch.get(), key, 3, 4);
        CachedTail read = cached(key);
        assertThat(List.of(read.hi(), read.needSeq())).containsExactly(3L, 4L);
    }

    @Test
    void whatIsNotARunIsRefused() {
        List<Message> lines = RawRedis.messages(1, 3);
        assertThatIllegalArgumentException().isThrownBy(() -> tail.fill(epoch.get(), key, 7, 3, 1, 4, lines));
        assertThatIllegalArgumentException().isThrownBy(() -> tail.fill(epoch.get(), key, 7, 3, 2, 4, lines));
        assertThatIllegalArgumentException().isThrownBy(() -> tail.fill(epoch.get(), key, 7, 3, 0, -1, List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> tail.fill(epoch.get(), key, 0, 3, 1, 3, lines));
        assertThatIllegalArgumentException().isThrownBy(() -> tail.lease(key, 0, Duration.ofSeconds(1)));
        assertThatIllegalArgumentException().isThrownBy(() -> tail.note(epoch.get(), key, -1, 3));
        assertThatIllegalArgumentException().isThrownBy(() -> tail.note(epoch.get(), key, 1, (1L << 53) + 1));
    }

    @Test
    void itAnswers() {
        assertThat(tail.reachable()).isTrue();
        tail.close();
        assertThat(tail.reachable()).isFalse();
    }
}
