package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class IndexerPaceTest {
    private static final long PASS = Duration.ofMillis(100).toNanos();

    private final AtomicLong reads = new AtomicLong();
    private final IndexerPace pace = new IndexerPace(reads::get, 0);

    private long rest(int second, boolean written) {
        long now = Duration.ofSeconds(second).toNanos();
        return pace.restMillis(now - PASS, now, written);
    }

    @Test
    void writersComeFirstUntilTheyHaveBeenQuietForAWhile() {
        assertThat(rest(10, true)).isEqualTo(900);
        assertThat(rest(12, false)).isEqualTo(900);
        assertThat(rest(14, false)).isEqualTo(100);
    }

    @Test
    void soDoManyReadersButNotAFew() {
        reads.addAndGet(50);
        assertThat(rest(10, false)).isEqualTo(100);
        reads.addAndGet(5_000);
        assertThat(rest(11, false)).isEqualTo(900);
        assertThat(rest(15, false)).isEqualTo(100);
    }
}
