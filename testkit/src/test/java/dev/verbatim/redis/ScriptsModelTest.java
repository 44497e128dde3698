package dev.verbatim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Commit;
import dev.verbatim.Message;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The scripts against {@link EntryModel}, random step by random step. */
class ScriptsModelTest extends ScriptTest {
    private static final int STEPS = 2_000;

    private final EntryModel model = new EntryModel(WINDOW);

    @ParameterizedTest
    @ValueSource(ints = {1, 3, 40})
    void theyDoTheSame(int numbers) {
        long seed = new Random().nextLong();
        Random random = new Random(seed);
        for (int i = 0; i < STEPS; i++) {
            String step = step(random, numbers);
            String where = "seed " + seed + ", step " + i + ": " + step;
            assertThat(redis.state(key)).as(where).isEqualTo(model.state());
            if (model.state() != null) {
                assertThat(redis.lines(key)).as(where).isEqualTo(model.lines());
            }
        }
    }

    private String step(Random random, int numbers) {
        int which = random.nextInt(100);
        long token = 1L + random.nextInt(3);
        long gen = 1L + random.nextInt(2) + random.nextInt(1 + numbers / 2);
        long from = 1L + random.nextInt(numbers);
        int size = random.nextInt(random.nextInt(10) == 0 ? 20 : 4);
        String what = " token " + token + " gen " + gen + " from " + from + " size " + size;
        if (which < 25) {
            assertThat(lease(token)).as(what).isEqualTo(model.lease(token));
            return "lease" + what;
        }
        if (which < 50) {
            List<Message> lines = RawRedis.messages(from, from + size - 1);
            assertThat(fill(token, gen, from, from + size - 1))
                    .as(what)
                    .isEqualTo(model.fill(token, gen, from, RawRedis.json(lines)));
            return "fill" + what;
        }
        return which < 85 ? apply(random, gen, from, size) : rare(which, gen, from);
    }

    private String apply(Random random, long gen, long from, int size) {
        String state = model.state();
        String[] known = state != null && random.nextInt(4) > 0
                ? state.split(" ", -1)
                : new String[] {"" + gen, "", "" + (from - 1)};
        long ofGen = Long.parseLong(known[0]);
        long begin = Long.parseLong(known[2]) + 1;
        List<Message> lines = RawRedis.messages(begin, begin + size - 1);
        String what = "apply gen " + ofGen + " from " + begin + " size " + size;
        assertThat(apply(new Commit(key, RawRedis.EPOCH, ofGen, begin, begin + size - 1, lines)))
                .as(what)
                .isEqualTo(model.apply(ofGen, begin, RawRedis.json(lines)));
        return what;
    }

    private String rare(int which, long gen, long seq) {
        if (which < 92) {
            assertThat(note(gen, seq)).isEqualTo(model.note(gen, seq));
            return "note " + gen + " " + seq;
        }
        if (which < 97) {
            expireLease();
            model.expireLease();
            return "the lease expires";
        }
        redis.sync().del(Names.key(key));
        model.vanish();
        return "the entry goes";
    }

    private void expireLease() {
        if (redis.state(key) != null) {
            redis.sync().setrange(Names.key(key), 141, Digits.decimal(1));
        }
    }
}
