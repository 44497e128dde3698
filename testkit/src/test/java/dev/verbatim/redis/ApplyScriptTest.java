package dev.verbatim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Commit;
import dev.verbatim.Message;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class ApplyScriptTest extends ScriptTest {
    @Test
    void withoutAnEntryThereIsNothingToDo() {
        assertThat(apply(1, 1, 1)).isZero();
        assertThat(redis.state(key)).isNull();
    }

    @Test
    void whatDirectlyFollowsIsAppended() {
        filled(3, 1, 2);
        assertThat(apply(3, 3, 4)).isEqualTo(2);
        assertThat(redis.state(key)).isEqualTo("3 1 4 3 4 1");
        assertThat(redis.lines(key)).isEqualTo(RawRedis.json(RawRedis.messages(1, 4)));
    }

    @Test
    void theFirstMessagesFollowAnEmptyConversation() {
        filled(3, 1, 0);
        assertThat(apply(3, 1, 2)).isEqualTo(2);
        assertThat(redis.state(key)).isEqualTo("3 1 2 3 2 1");
        assertThat(redis.lines(key)).isEqualTo(RawRedis.json(RawRedis.messages(1, 2)));
    }

    @Test
    void acrossAHoleOnlyNeedIsRaised() {
        filled(3, 1, 2);
        assertThat(apply(3, 4, 5)).isEqualTo(1);
        assertThat(redis.state(key)).isEqualTo("3 1 2 3 5 1");
        assertThat(redis.lines(key)).isEqualTo(RawRedis.json(RawRedis.messages(1, 2)));
    }

    @Test
    void whatOverlapsOnlyRaisesNeed() {
        filled(3, 1, 3);
        assertThat(apply(3, 3, 4)).isEqualTo(1);
        assertThat(redis.state(key)).isEqualTo("3 1 3 3 4 1");
    }

    @Test
    void theSameCommitAgainChangesNothing() {
        filled(3, 1, 2);
        apply(3, 3, 4);
        String once = redis.header(key);
        assertThat(apply(3, 3, 4)).isEqualTo(1);
        assertThat(redis.header(key)).isEqualTo(once);
        assertThat(redis.lines(key)).isEqualTo(RawRedis.json(RawRedis.messages(1, 4)));
    }

    @Test
    void aCommitThatLacksItsLinesOnlyRaisesNeed() {
        filled(3, 1, 2);
        assertThat(applyWithoutLines(3, 3, 3)).isEqualTo(1);
        assertThat(redis.state(key)).isEqualTo("3 1 2 3 3 1");
    }

    @Test
    void aCommitOfRepeatsAloneOnlyRaisesNeed() {
        filled(3, 1, 2);
        assertThat(applyWithoutLines(3, 3, 2)).isEqualTo(1);
        assertThat(redis.state(key)).isEqualTo("3 1 2 3 2 1");
        assertThat(applyWithoutLines(3, 6, 5)).isEqualTo(1);
        assertThat(redis.state(key)).isEqualTo("3 1 2 3 5 1");
    }

    @Test
    void needNeverFalls() {
        filled(3, 1, 2);
        note(3, 9);
        assertThat(apply(3, 3, 3)).isEqualTo(2);
        assertThat(redis.state(key)).isEqualTo("3 1 3 3 9 1");
    }

    @Test
    void aNewerGenerationDropsTheLinesAndKeepsLeaseAndNeed() {
        filled(3, 1, 2);
        lease(7);
        String lease = String.valueOf(redis.header(key)).substring(124);
        assertThat(apply(4, 2, 2)).isEqualTo(1);
        assertThat(redis.state(key)).isEqualTo("0 0 0 4 2 0");
        assertThat(redis.header(key)).endsWith(lease);
        assertThat(redis.lines(key)).isEmpty();
        assertThat(fill(7, 4, 1, 2)).isTrue();
        assertThat(redis.state(key)).isEqualTo("4 1 2 4 2 1");
    }

    @Test
    void anOlderGenerationIsNothingAtAll() {
        filled(3, 1, 2);
        redis.sync().pexpire(Names.key(key), 5_000);
        String before = redis.header(key);
        assertThat(apply(2, 3, 9)).isZero();
        assertThat(redis.header(key)).isEqualTo(before);
        assertThat(redis.sync().pttl(Names.key(key))).isLessThanOrEqualTo(5_000);
    }

    @Test
    void aGenerationOlderThanNeedIsNothingAtAll() {
        filled(3, 1, 2);
        note(5, 1);
        assertThat(apply(4, 3, 3)).isZero();
        assertThat(redis.state(key)).isEqualTo("3 1 2 5 1 1");
        assertThat(apply(3, 3, 3)).isZero();
        assertThat(redis.lines(key)).hasSize(2);
    }

    @Test
    void withoutDataOnlyNeedIsRaised() {
        lease(7);
        assertThat(apply(3, 1, 1)).isEqualTo(1);
        assertThat(redis.state(key)).isEqualTo("0 0 0 3 1 0");
    }

    @Test
    void theTimeToLiveIsRenewed() {
        filled(3, 1, 2);
        for (long seq : new long[] {3, 9}) {
            redis.sync().pexpire(Names.key(key), 5_000);
            apply(3, seq, seq);
            assertThat(redis.sync().pttl(Names.key(key))).isGreaterThan(TTL.toMillis() - 60_000);
        }
        redis.sync().pexpire(Names.key(key), 5_000);
        apply(4, 1, 1);
        assertThat(redis.sync().pttl(Names.key(key))).isGreaterThan(TTL.toMillis() - 60_000);
    }

    @Test
    void theWindowIsCutWhenAFewAreOver() {
        filled(3, 1, WINDOW);
        for (long seq = WINDOW + 1; seq <= WINDOW + 2; seq++) {
            apply(3, seq, seq);
            assertThat(redis.lines(key)).hasSize((int) seq);
        }
        apply(3, WINDOW + 3, WINDOW + 3);
        assertThat(redis.state(key)).isEqualTo("3 4 11 3 11 1");
        assertThat(redis.lines(key)).isEqualTo(RawRedis.json(RawRedis.messages(4, 11)));
        assertThat(redis.sync().pttl(Names.key(key))).isGreaterThan(TTL.toMillis() - 60_000);
        assertThat(apply(3, 12, 12)).isEqualTo(2);
    }

    @Test
    void aCommitLargerThanTheWindowLeavesItsNewest() {
        filled(3, 1, 2);
        lease(7);
        assertThat(apply(3, 3, 40)).isEqualTo(2);
        assertThat(redis.state(key)).isEqualTo("3 33 40 3 40 1");
        assertThat(redis.lines(key)).isEqualTo(RawRedis.json(RawRedis.messages(33, 40)));
        assertThat(lease(8)).as("the lease is still somebody's").isFalse();
    }

    @Test
    void anEntryNeverHasMoreThanItsBytes() {
        filled(3, 1, 0);
        List<Message> all = new ArrayList<>();
        for (int seq = 1; seq <= WINDOW; seq++) {
            Message message = RawRedis.message(seq, "x".repeat(60_000));
            all.add(message);
            apply(new Commit(key, RawRedis.EPOCH, 3, seq, seq, List.of(message)));
            assertThat(redis.sync().strlen(Names.key(key))).isLessThanOrEqualTo(Lines.MAX_ENTRY);
            List<String> lines = redis.lines(key);
            assertThat(lines).isNotEmpty().isEqualTo(RawRedis.json(all.subList(seq - lines.size(), seq)));
            assertThat(redis.state(key)).isEqualTo("3 " + (seq - lines.size() + 1) + " " + seq + " 3 " + seq + " 1");
        }
    }

    @Test
    void ofALineThatIsTooLargeOnlyTheNumberIsKept() {
        filled(3, 1, 2);
        assertThat(apply(new Commit(key, RawRedis.EPOCH, 3, 3, 3, List.of(RawRedis.message(3, "x".repeat(1 << 20))))))
                .isEqualTo(2);
        assertThat(redis.state(key)).isEqualTo("3 4 3 3 3 1");
        assertThat(redis.lines(key)).isEmpty();
        assertThat(apply(3, 4, 5)).isEqualTo(2);
        assertThat(redis.state(key)).isEqualTo("3 4 5 3 5 1");
        assertThat(redis.lines(key)).isEqualTo(RawRedis.json(RawRedis.messages(4, 5)));
    }

    @Test
    void theLargestLineThatFitsIsKept() {
        filled(3, 1, 0);
        int overhead = RawRedis.message(1, "").bytes().length + 1;
        Message largest = RawRedis.message(1, "x".repeat(Lines.MAX_ENTRY - Header.LENGTH - overhead));
        apply(new Commit(key, RawRedis.EPOCH, 3, 1, 1, List.of(largest)));
        assertThat(redis.sync().strlen(Names.key(key))).isEqualTo(Lines.MAX_ENTRY);
        assertThat(redis.lines(key)).containsExactly(largest.json());
        Message small = RawRedis.message(2);
        apply(new Commit(key, RawRedis.EPOCH, 3, 2, 2, List.of(small)));
        assertThat(redis.lines(key)).containsExactly(small.json());
    }

    @Test
    void numbersCompareAsNumbers() {
        filled(9, 9, 9);
        assertThat(apply(9, 10, 10)).isEqualTo(2);
        assertThat(apply(10, 1, 1)).isEqualTo(1);
        assertThat(redis.state(key)).isEqualTo("0 0 0 10 1 0");
        long most = 1L << 53;
        lease(5);
        fill(5, most, most - 1, most - 1);
        assertThat(apply(most, most, most)).isEqualTo(2);
        assertThat(redis.state(key)).isEqualTo(most + " " + (most - 1) + " " + most + " " + most + " " + most + " 1");
    }

    @Test
    void memoryIsLittleMoreThanTheText() {
        filled(3, 1, 0);
        long bytes = 0;
        for (int seq = 1; seq <= WINDOW; seq++) {
            Message message = RawRedis.message(seq, "x".repeat(100 + 57 * seq));
            bytes += message.bytes().length + 1;
            apply(new Commit(key, RawRedis.EPOCH, 3, seq, seq, List.of(message)));
        }
        int room = Header.LENGTH + Names.key(key).length + 200;
        assertThat(redis.sync().memoryUsage(Names.key(key))).isLessThan(bytes * 5 / 4 + room);
    }

    @Test
    void ofAnotherEpochOwnerOrFormatItIsDropped() {
        filled(3, 1, 2);
        String header = String.valueOf(redis.header(key));
        List<String> foreign = List.of(
                "v2" + header.substring(2),
                header.substring(0, 3) + "f" + header.substring(4),
                header.substring(0, 20) + (header.charAt(20) == '0' ? "1" : "0") + header.substring(21),
                "short");
        for (String other : foreign) {
            makeForeign(other);
            assertThat(apply(3, 3, 3)).isZero();
            assertThat(redis.sync().get(Names.key(key))).as(other).isNull();
        }
    }
}
