package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Window.Source;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.LogLines;
import dev.verbatim.testkit.RealServers;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** A server that knows of more changes than it may keep. */
final class TooManyChangesTest {
    private static final int MOST = 5;

    private final AtomicLong kept = new AtomicLong(Duration.ofHours(1).toNanos());
    private final RecentChanges recent = new RecentChanges(MOST, kept::get);
    private final HybridHistoryStore store = HybridHistoryStore.open(
            HistoryConfig.of(RealServers.newDatabase(), RealServers.emptyRedis())
                    .withRedisTimeout(Duration.ofSeconds(2)),
            recent);
    private final Owner owner = Owner.named("somebody");
    private final LogLines log = new LogLines(ChangeTail.class.getName());

    @AfterEach
    void close() {
        store.close();
        log.close();
    }

    @Test
    void itServesNothingFromTheCacheUntilSomeCanBeForgotten() {
        say("c");
        Await.until(() -> read().source() == Source.HIT);

        for (int i = 0; i < MOST; i++) {
            assertThat(recent.isFull()).isFalse();
            say("another-" + i);
        }
        assertThat(recent.isFull()).isTrue();
        for (int seq = 2; seq <= 4; seq++) {
            assertThat(read().source()).isEqualTo(Source.BYPASS);
            say("c");
            assertThat(read().lastSeq()).isEqualTo(seq);
        }
        StoreStatus status = store.check();
        assertThat(status.log()).isTrue();
        assertThat(status.cache()).isTrue();
        assertThat(status.trusted()).isFalse();
        Await.until(() -> lines() == 1);

        kept.set(0);
        Await.until(() -> read().source() == Source.HIT);
        assertThat(read().lastSeq()).isEqualTo(4);
        assertThat(store.check().trusted()).isTrue();
        Await.until(() -> lines() == 2);
    }

    /** How many there are of this in the log. */
    private int lines() {
        return log.with("can be remembered").size();
    }

    private void say(String conversation) {
        store.append(owner, conversation, List.of(NewMessage.of("user", "hello")), AppendOptions.CREATE);
    }

    private Window read() {
        return store.read(owner, "c", Slice.newest(20));
    }
}
