package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.testkit.LogLines;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** What is said of callers that are refused. */
class RefusalsTest {
    private static final String BEGINS = "WARN too many eggs wait for PostgreSQL: further ones are refused";

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final Refusals refusals = new Refusals("eggs", now::get);
    private final LogLines log = new LogLines(Refusals.class.getName());

    @AfterEach
    void stop() {
        log.close();
    }

    private void pass(Duration time) {
        now.addAndGet(time.toNanos());
    }

    @Test
    void oneLineSaysThatItBeganAndOneThatItIsOver() {
        assertThat(refusals.state()).isEqualTo(new Refused(false, 0));
        for (int i = 0; i < 100; i++) {
            pass(Duration.ofSeconds(1));
            refusals.add();
            assertThat(refusals.isOn()).isTrue();
        }
        assertThat(log.all()).containsExactly(BEGINS);

        pass(Duration.ofSeconds(6));
        for (int i = 0; i < 3; i++) {
            assertThat(refusals.state()).isEqualTo(new Refused(false, 100));
        }
        assertThat(log.all()).containsExactly(BEGINS, "INFO no eggs are refused any more; 100 were so far");

        refusals.add();
        assertThat(refusals.state()).isEqualTo(new Refused(true, 101));
        assertThat(log.all()).hasSize(3).last().isEqualTo(BEGINS);
    }
}
