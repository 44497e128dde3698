package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/** What is said of callers that are refused. */
class RefusalsTest {
    private static final String BEGINS = "too many eggs wait for PostgreSQL: further ones are refused";

    private final AtomicLong now = new AtomicLong(Long.MAX_VALUE - 1);
    private final Refusals refusals = new Refusals("eggs", now::get);
    private final Logger logger = (Logger) LoggerFactory.getLogger(Refusals.class);
    private final ListAppender<ILoggingEvent> log = new ListAppender<>();

    @BeforeEach
    void listen() {
        log.start();
        logger.setLevel(Level.INFO);
        logger.addAppender(log);
    }

    @AfterEach
    void stop() {
        logger.detachAppender(log);
        logger.setLevel(null);
    }

    private List<String> lines() {
        return log.list.stream().map(ILoggingEvent::getFormattedMessage).toList();
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
        assertThat(lines()).containsExactly(BEGINS);

        pass(Duration.ofSeconds(6));
        for (int i = 0; i < 3; i++) {
            assertThat(refusals.state()).isEqualTo(new Refused(false, 100));
        }
        assertThat(lines()).containsExactly(BEGINS, "no eggs are refused any more; 100 were so far");

        refusals.add();
        assertThat(refusals.state()).isEqualTo(new Refused(true, 101));
        assertThat(lines()).hasSize(3).last().isEqualTo(BEGINS);
    }
}
