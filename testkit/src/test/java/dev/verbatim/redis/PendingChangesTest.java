package dev.verbatim.redis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Commit;
import dev.verbatim.ConversationKey;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class PendingChangesTest extends TailTest {
    @Test
    void manyCommitsGoTogether() {
        List<ConversationKey> keys = new ArrayList<>();
        List<Commit> commits = new ArrayList<>();
        for (int i = 0; i < 100; i++) {
            ConversationKey one = RawRedis.newKey();
            keys.add(one);
            assertThat(fill(one, 3, RawRedis.messages(1, 1))).isTrue();
            commits.add(commit(one, 3, 2, 3));
        }
        redis.sync().scriptFlush();
        assertThat(tail.apply(commits).await()).isEmpty();
        for (ConversationKey one : keys) {
            CachedTail read = cached(one);
            assertThat(read.current()).isTrue();
            assertThat(read.messages(1, 3)).isEqualTo(RawRedis.messages(1, 3));
            tail.drop(one);
        }
    }

    @Test
    void nothingIsConfirmedAtOnce() {
        assertThat(tail.apply(List.of()).await()).isEmpty();
    }

    @Test
    void anEntryThatCannotBeAppliedToIsDropped() {
        redis.sync().lpush(Names.key(key), new byte[] {1});
        assertThat(tail.apply(List.of(commit(key, 3, 1, 1))).await()).isEmpty();
        assertThat(redis.sync().exists(Names.key(key))).isZero();
    }

    @Test
    void aFullRedisDropsInsteadOfApplying() {
        fill(3, RawRedis.messages(1, 1));
        redis.sync().configSet("maxmemory", "1");
        try {
            assertThat(tail.apply(List.of(commit(key, 3, 2, 2))).await()).isEmpty();
        } finally {
            redis.sync().configSet("maxmemory", "0");
        }
        assertThat(tail.read(key)).isNull();
    }
}
