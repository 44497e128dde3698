package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.NewMessage;
import dev.verbatim.insight.InsightFilter;
import dev.verbatim.insight.Recommendation;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.Arrays;
import java.util.UUID;
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
    void theyAreThoseOfConversationsThatWereActiveInTheTime() throws Exception {
        test.append(TestLog.ALICE, "a", NewMessage.of("user", "one"));
        test.append(TestLog.ALICE, "b", NewMessage.of("user", "one"), NewMessage.of("user", "two"));
        test.append(
                TestLog.ALICE,
                "c",
                NewMessage.of("user", "one"),
                NewMessage.of("user", "2"),
                NewMessage.of("user", "3"));
        times("a", "2026-01-01 00:59:59.999999Z", "2026-01-01 01:00Z");
        times("b", "2026-01-01 01:30Z", "2026-01-01 03:00Z");
        times("c", "2027-01-01 00:00Z", "2026-01-01 05:00Z");
        try (Connection connection = test.connect()) {
            for (int from = 0; from < 7; from++) {
                for (int to = from; to < 8; to++) {
                    int messages = (from <= 1 && to > 0 ? 1 : 0)
                            + (from <= 3 && to > 1 ? 2 : 0)
                            + (from <= 5 && to > 5 ? 3 : 0);
                    for (UUID user : Arrays.asList(null, TestLog.ALICE.id())) {
                        InsightFilter filter = new InsightFilter(hour(from), hour(to), user, null, null, null);
                        assertThat(counts.of(connection, filter))
                                .as("%s", filter)
                                .isEqualTo(messages);
                    }
                }
            }
        }
    }

    private static Instant hour(int hour) {
        return Instant.parse("2026-01-01T00:00:00Z").plus(Duration.ofHours(hour));
    }

    private void times(String id, String created, String updated) throws SQLException {
        test.sql("UPDATE conversations SET created_at = '" + created + "', updated_at = '" + updated
                + "' WHERE external_id = '" + id + "'");
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
