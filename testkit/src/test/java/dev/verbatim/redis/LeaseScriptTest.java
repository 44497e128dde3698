package dev.verbatim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.testkit.Await;
import java.util.List;
import org.junit.jupiter.api.Test;

class LeaseScriptTest extends ScriptTest {
    @Test
    void withoutAnEntryOneIsMade() {
        assertThat(lease(7)).isTrue();
        assertThat(redis.state(key)).isEqualTo("0 0 0 0 0 0");
        assertThat(redis.header(key)).contains(" 0000000000000007 ");
        assertThat(redis.sync().pttl(Names.key(key))).isGreaterThan(TTL.toMillis() - 60_000);
    }

    @Test
    void aLiveLeaseOfSomebodyElseMeansBusy() {
        lease(7);
        String before = redis.header(key);
        assertThat(lease(8)).isFalse();
        assertThat(redis.header(key)).isEqualTo(before);
    }

    @Test
    void anExpiredLeaseIsGivenToTheNext() {
        lease(7, 1);
        Await.until(() -> lease(8));
        assertThat(lease(7)).isFalse();
        assertThat(fill(7, 3, 1, 1)).isFalse();
        assertThat(fill(8, 3, 1, 1)).isTrue();
    }

    @Test
    void dataAndNeedStay() {
        filled(3, 1, 4);
        note(3, 6);
        redis.sync().pexpire(Names.key(key), 5_000);
        assertThat(lease(7)).isTrue();
        assertThat(redis.state(key)).isEqualTo("3 1 4 3 6 1");
        assertThat(redis.lines(key)).isEqualTo(RawRedis.json(RawRedis.messages(1, 4)));
        assertThat(redis.sync().pttl(Names.key(key))).isGreaterThan(TTL.toMillis() - 60_000);
    }

    @Test
    void theEntryLivesAtLeastAsLongAsTheLease() {
        assertThat(lease(7, TTL.toMillis() * 3)).isTrue();
        assertThat(redis.sync().pttl(Names.key(key))).isGreaterThan(TTL.toMillis() * 2);
    }

    @Test
    void anEntryOfAnotherEpochOwnerOrFormatIsReplaced() {
        filled(3, 1, 2);
        lease(5);
        String header = String.valueOf(redis.header(key));
        List<String> foreign = List.of(
                "v2" + header.substring(2),
                header.substring(0, 3) + "f" + header.substring(4),
                header.substring(0, 20) + (header.charAt(20) == '0' ? "1" : "0") + header.substring(21),
                "short");
        for (String other : foreign) {
            makeForeign(other);
            assertThat(lease(7)).isTrue();
            assertThat(redis.state(key)).isEqualTo("0 0 0 0 0 0");
            assertThat(redis.header(key)).startsWith(header.substring(0, 37));
        }
    }
}
