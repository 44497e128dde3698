package dev.verbatim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Commit;
import dev.verbatim.Message;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Random;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/**
 * Writers, editors and readers that are overtaken by each other between any two of their steps, entries that vanish,
 * leases that expire, applies that are lost: whatever is served is what was said, and nothing acknowledged is missing.
 */
class CoherenceTest extends TailTest {
    private static final int STEPS = 6_000;

    /** What is left to do of something under way; null when it is done. */
    private interface Step extends Supplier<@Nullable Step> {}

    private final long seed = new Random().nextLong();
    private final Random random = new Random(seed);
    private final Map<Long, List<Message>> truth = new HashMap<>();
    private final List<Step> underWay = new ArrayList<>();
    private long gen = 1;
    private long acknowledgedGen;
    private long acknowledgedSeq;
    private long tokens;
    private int served;

    @Test
    void nothingServedIsOldOrWrong() {
        truth.put(gen, new ArrayList<>());
        for (int i = 0; i < STEPS; i++) {
            int which = random.nextInt(100);
            if (underWay.size() < 5 && which < 40) {
                begin(which);
            } else if (which < 43) {
                disturb();
            } else if (!underWay.isEmpty()) {
                Step next = underWay.remove(random.nextInt(underWay.size())).get();
                if (next != null) {
                    underWay.add(next);
                }
            }
            check("seed " + seed + ", step " + i);
        }
        assertThat(served).as("the entry is worth having").isGreaterThan(STEPS / 20);
    }

    private List<Message> now() {
        return Objects.requireNonNull(truth.get(gen));
    }

    private void begin(int which) {
        underWay.add(which < 2 ? this::edit : which < 15 ? this::append : this::lease);
    }

    private @Nullable Step append() {
        long from = now().size() + 1L;
        long to = from + random.nextInt(3);
        for (long seq = from; seq <= to; seq++) {
            now().add(RawRedis.message(seq, "generation " + gen));
        }
        Commit commit = new Commit(key, RawRedis.EPOCH, gen, from, to, now().subList((int) from - 1, (int) to));
        return () -> {
            applied(commit);
            return null;
        };
    }

    /** Acknowledged only when Redis has it, or has no entry any more, or knows that there is newer. */
    private void applied(Commit commit) {
        switch (random.nextInt(8)) {
            case 0 -> tail.drop(key);
            case 1 -> tail.note(epoch.get(), key, commit.gen(), commit.to());
            default -> assertThat(tail.apply(List.of(commit)).await()).isEmpty();
        }
        if (random.nextInt(8) == 0) {
            tail.apply(List.of(commit)).await();
        }
        acknowledge(commit.gen(), commit.to());
    }

    private @Nullable Step edit() {
        List<Message> before = now();
        gen++;
        int kept = before.isEmpty() ? 0 : random.nextInt(before.size());
        List<Message> after = new ArrayList<>();
        for (int seq = 1; seq <= kept; seq++) {
            after.add(RawRedis.message(seq, "generation " + gen));
        }
        truth.put(gen, after);
        long edited = gen;
        return () -> {
            tail.drop(key);
            acknowledge(edited, kept);
            return null;
        };
    }

    private void acknowledge(long committedGen, long seq) {
        if (committedGen > acknowledgedGen || (committedGen == acknowledgedGen && seq > acknowledgedSeq)) {
            acknowledgedGen = committedGen;
            acknowledgedSeq = seq;
        }
    }

    private @Nullable Step lease() {
        long token = ++tokens;
        Lease lease = tail.lease(key, token, Duration.ofMinutes(1));
        return lease.granted() ? () -> readLog(token, lease) : null;
    }

    private Step readLog(long token, Lease lease) {
        long read = gen;
        long hi = now().size();
        boolean onlyEnd = lease.hasData() && lease.gen() == read && lease.hi() <= hi;
        long lo = onlyEnd ? lease.hi() + 1 : Math.max(1, hi - WINDOW + 1);
        List<Message> lines = List.copyOf(now().subList((int) lo - 1, (int) hi));
        return () -> {
            tail.fill(epoch.get(), key, token, read, lo, hi, lines);
            return null;
        };
    }

    private void disturb() {
        if (random.nextBoolean()) {
            redis.sync().del(Names.key(key));
        } else if (redis.state(key) != null) {
            redis.sync().setrange(Names.key(key), 141, Digits.decimal(1));
        }
    }

    private void check(String where) {
        CachedTail read = tail.read(key);
        if (read == null || !read.current()) {
            return;
        }
        served++;
        boolean fresh = read.gen() > acknowledgedGen || (read.gen() == acknowledgedGen && read.hi() >= acknowledgedSeq);
        assertThat(fresh)
                .as(where + ": %d/%d, acknowledged %d/%d", read.gen(), read.hi(), acknowledgedGen, acknowledgedSeq)
                .isTrue();
        List<Message> said = Objects.requireNonNull(truth.get(read.gen()));
        assertThat(read.messages(read.lo(), read.hi())).as(where).isEqualTo(said.subList((int) read.lo() - 1, (int)
                read.hi()));
    }
}
