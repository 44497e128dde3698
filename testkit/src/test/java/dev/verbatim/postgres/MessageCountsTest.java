package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.NewMessage;
import dev.verbatim.insight.InsightFilter;
import dev.verbatim.insight.Recommendation;
import java.sql.Connection;
import java.time.Duration;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class MessageCountsTest {
    private static final InsightFilter ALL = new InsightFilter(null, null, null, null, null, null);
    private static final InsightFilter ALICES = new InsightFilter(null, null, TestLog.ALICE.id(), null, null, null);

    private final TestLog test = TestLog.open();

    /** Each look takes a second. */
    private final AtomicLong clock = new AtomicLong();

    private final MessageCounts counts =
            new MessageCounts(() -> clock.addAndGet(Duration.ofSeconds(1).toNanos()));

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void aLongLookAtAllIsNotTakenAgainAtOnceAndOneAtAUsersOwnIs() throws Exception {
        test.append(TestLog.ALICE, "c", NewMessage.of("user", "one"));
        try (Connection connection = test.connect()) {
            assertThat(counts.of(connection, ALL)).isEqualTo(1);
            test.append(TestLog.ALICE, "c", NewMessage.of("user", "two"));
            assertThat(counts.of(connection, ALL)).isEqualTo(1);
            assertThat(counts.of(connection, ALICES)).isEqualTo(2);
            clock.addAndGet(Duration.ofSeconds(20).toNanos());
            assertThat(counts.of(connection, ALL)).isEqualTo(2);
        }
    }

    @Test
    void messagesHaveNeitherModelNorRecommendation() throws Exception {
        test.append(TestLog.ALICE, "c", NewMessage.of("user", "one"));
        try (Connection connection = test.connect()) {
            assertThat(counts.of(connection, new InsightFilter(null, null, null, null, "m", null)))
                    .isNull();
            assertThat(counts.of(
                            connection,
                            new InsightFilter(null, null, TestLog.ALICE.id(), null, null, Recommendation.ANSWER)))
                    .isNull();
        }
    }
}
