package dev.verbatim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.testkit.Await;
import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class FillScriptTest extends ScriptTest {
    @Test
    void whatTheHolderOfTheLeaseReadIsStored() {
        lease(7);
        assertThat(fill(7, 3, 2, 5)).isTrue();
        assertThat(redis.state(key)).isEqualTo("3 2 5 0 0 1");
        assertThat(redis.lines(key)).isEqualTo(RawRedis.json(RawRedis.messages(2, 5)));
        assertThat(redis.sync().pttl(Names.key(key))).isGreaterThan(TTL.toMillis() - 60_000);
    }

    @Test
    void anEmptyConversationIsStoredToo() {
        lease(7);
        assertThat(fill(7, 3, 1, 0)).isTrue();
        assertThat(redis.state(key)).isEqualTo("3 1 0 0 0 1");
    }

    @Test
    void aLeaseIsForOneFill() {
        lease(7);
        assertThat(fill(7, 3, 1, 2)).isTrue();
        assertThat(fill(7, 3, 1, 3)).isFalse();
        assertThat(redis.state(key)).isEqualTo("3 1 2 0 0 1");
    }

    @Test
    void withoutALeaseNothingIsStored() {
        assertThat(fill(7, 3, 1, 2)).isFalse();
        assertThat(redis.state(key)).isNull();
        lease(8);
        assertThat(fill(7, 3, 1, 2)).isFalse();
        assertThat(redis.state(key)).isEqualTo("0 0 0 0 0 0");
        assertThat(fill(8, 3, 1, 2)).isTrue();
    }

    @Test
    void anExpiredLeaseStoresNothing() {
        lease(7, 1);
        Await.until(this::leaseIsOver);
        assertThat(fill(7, 3, 1, 2)).isFalse();
        assertThat(redis.state(key)).isEqualTo("0 0 0 0 0 0");
    }

    private boolean leaseIsOver() {
        List<byte[]> time = redis.sync().time();
        long millis = number(time.get(0)) * 1000 + number(time.get(1)) / 1000;
        return Long.parseLong(String.valueOf(redis.header(key)).substring(141)) <= millis;
    }

    private static long number(byte[] digits) {
        return Long.parseLong(new String(digits, StandardCharsets.US_ASCII));
    }

    @Test
    void theLeaseOfAnEntryThatWentIsLost() {
        lease(7);
        redis.sync().del(Names.key(key));
        assertThat(fill(7, 3, 1, 2)).isFalse();
        lease(8);
        assertThat(fill(7, 3, 1, 2)).isFalse();
    }

    @Test
    void needStaysAsItIs() {
        lease(7);
        note(3, 6);
        assertThat(fill(7, 3, 1, 5)).isTrue();
        assertThat(redis.state(key)).isEqualTo("3 1 5 3 6 1");
    }

    @Test
    void aPastGenerationIsRefusedAndTheLeaseEnds() {
        lease(7);
        note(4, 2);
        assertThat(fill(7, 3, 1, 5)).isFalse();
        assertThat(redis.state(key)).isEqualTo("0 0 0 4 2 0");
        assertThat(lease(8)).isTrue();
        assertThat(fill(8, 4, 1, 2)).isTrue();
        lease(9);
        assertThat(fill(9, 3, 1, 9)).as("older than what is there").isFalse();
        assertThat(redis.state(key)).isEqualTo("4 1 2 4 2 1");
    }

    @Test
    void onlyTheMissingEndIsAppended() {
        filled(3, 2, 4);
        note(3, 6);
        lease(7);
        assertThat(fill(7, 3, 5, 6)).isTrue();
        assertThat(redis.state(key)).isEqualTo("3 2 6 3 6 1");
        assertThat(redis.lines(key)).isEqualTo(RawRedis.json(RawRedis.messages(2, 6)));
        assertThat(redis.sync().pttl(Names.key(key))).isGreaterThan(TTL.toMillis() - 60_000);
    }

    @Test
    void anAppliedBeginningOfTheMissingEndIsNotDoubled() {
        filled(3, 2, 4);
        note(3, 7);
        lease(7);
        apply(3, 5, 5);
        assertThat(fill(7, 3, 5, 7)).isTrue();
        assertThat(redis.state(key)).isEqualTo("3 2 7 3 7 1");
        assertThat(redis.lines(key)).isEqualTo(RawRedis.json(RawRedis.messages(2, 7)));
        assertThat(lease(8)).as("the lease ended").isTrue();
    }

    @Test
    void newerLinesThatCameMeanwhileStay() {
        filled(3, 2, 4);
        lease(7);
        apply(3, 5, 6);
        assertThat(fill(7, 3, 1, 5)).isTrue();
        assertThat(redis.state(key)).isEqualTo("3 2 6 3 6 1");
        assertThat(lease(8)).as("the lease ended").isTrue();
    }

    @Test
    void aLongerRunWithTheSameEndReplaces() {
        filled(3, 4, 6);
        lease(7);
        assertThat(fill(7, 3, 1, 6)).isTrue();
        assertThat(redis.state(key)).isEqualTo("3 1 6 0 0 1");
        assertThat(redis.lines(key)).isEqualTo(RawRedis.json(RawRedis.messages(1, 6)));
    }

    @Test
    void aRunBeyondAHoleReplaces() {
        filled(3, 1, 2);
        lease(7);
        assertThat(fill(7, 3, 5, 6)).isTrue();
        assertThat(redis.state(key)).isEqualTo("3 5 6 0 0 1");
        assertThat(redis.lines(key)).isEqualTo(RawRedis.json(RawRedis.messages(5, 6)));
    }

    @Test
    void anotherGenerationReplaces() {
        filled(3, 1, 5);
        lease(7);
        assertThat(fill(7, 4, 3, 3)).isTrue();
        assertThat(redis.state(key)).isEqualTo("4 3 3 0 0 1");
    }

    @Test
    void ofMoreThanAWindowTheNewestAreKept() {
        lease(7);
        assertThat(fill(7, 3, 1, 100)).isTrue();
        assertThat(redis.state(key)).isEqualTo("3 93 100 0 0 1");
        assertThat(redis.lines(key)).isEqualTo(RawRedis.json(RawRedis.messages(93, 100)));
    }

    @Test
    void anAppendedEndCutsTheWindow() {
        filled(3, 1, WINDOW);
        lease(7);
        assertThat(fill(7, 3, WINDOW + 1, WINDOW + 5)).isTrue();
        assertThat(redis.state(key)).isEqualTo("3 6 13 0 0 1");
        assertThat(redis.lines(key)).isEqualTo(RawRedis.json(RawRedis.messages(6, 13)));
    }
}
