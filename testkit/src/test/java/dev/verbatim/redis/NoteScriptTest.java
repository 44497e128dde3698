package dev.verbatim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class NoteScriptTest extends ScriptTest {
    @Test
    void withoutAnEntryThereIsNothingToDo() {
        assertThat(note(3, 4)).isZero();
        assertThat(redis.state(key)).isNull();
    }

    @Test
    void needIsRaisedAndNothingElse() {
        filled(3, 1, 2);
        redis.sync().pexpire(Names.key(key), 5_000);
        assertThat(note(3, 3)).isEqualTo(1);
        assertThat(redis.state(key)).isEqualTo("3 1 2 3 3 1");
        assertThat(redis.lines(key)).isEqualTo(RawRedis.json(RawRedis.messages(1, 2)));
        assertThat(redis.sync().pttl(Names.key(key))).isBetween(1L, 5_000L);
    }

    @Test
    void needIsAPairThatOnlyGrows() {
        filled(3, 1, 2);
        assertThat(note(3, 9)).isEqualTo(1);
        assertThat(note(3, 9)).isZero();
        assertThat(note(3, 8)).isZero();
        assertThat(note(2, 99)).isZero();
        assertThat(redis.state(key)).isEqualTo("3 1 2 3 9 1");
        assertThat(note(10, 1)).isEqualTo(1);
        assertThat(redis.state(key)).isEqualTo("3 1 2 10 1 1");
    }

    @Test
    void anotherEpochsEntryIsDropped() {
        filled(3, 1, 2);
        makeForeign("v1 f" + String.valueOf(redis.header(key)).substring(4));
        assertThat(note(9, 9)).isZero();
        assertThat(redis.header(key)).isNull();
    }
}
