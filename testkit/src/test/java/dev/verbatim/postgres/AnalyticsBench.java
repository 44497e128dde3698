package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Owner;
import dev.verbatim.insight.InsightFilter;
import dev.verbatim.insight.Metric;
import dev.verbatim.insight.Overview;
import dev.verbatim.insight.Period;
import dev.verbatim.insight.Recommendation;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Prints how fast the logs of a year are added up, and how long it takes to tell of them: of 5,000 users in ten departments, of
 * three models. Run by {@code make analytics}; {@code ANALYTICS_PERCENT=1} makes all of it smaller.
 */
@Tag("slow")
class AnalyticsBench {
    private static final int PERCENT = Integer.parseInt(System.getenv().getOrDefault("ANALYTICS_PERCENT", "100"));
    private static final long LOGS = 100_000L * PERCENT;
    private static final int USERS = Math.max(100, 50 * PERCENT);

    /** Of so many queries each is a conversation, of twice as many messages. */
    private static final int A_CONVERSATION = 7;

    private static final int ROUNDS = 200;
    private static final Instant BEGIN = Instant.parse("2025-01-01T00:00:00Z");
    private static final Duration YEAR = Duration.ofDays(365);

    private final TestLog test = TestLog.open();
    private final PostgresInsights insights = test.log().insights();
    private final Random random = new Random(1);
    private final List<String> users = new ArrayList<>();

    @AfterEach
    void close() {
        insights.close();
        test.close();
    }

    @Test
    void aYearOfQueries() throws SQLException {
        fill();
        long began = System.nanoTime();
        while (rows("query_log_news") > 0) {
            insights.rollUp();
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        System.out.printf(Locale.ROOT, "added up: %,d logs, %,.0f a second%n", LOGS, LOGS / seconds);
        test.sql("VACUUM ANALYZE");
        for (String table : List.of("query_logs", "query_rollups", "query_user_rollups", "conversations")) {
            System.out.printf(Locale.ROOT, "%s: %,d rows, %,d MB%n", table, rows(table), megabytes(table));
        }
        users.addAll(test.column("SELECT id FROM users ORDER BY id"));
        check();
        measure("overview, all time", () -> overview(null, null, null, null, null));
        measure("overview, some time", () -> overview(from(), null, null, null, null));
        measure("overview, some time, a department", () -> overview(from(), null, dept(), null, null));
        measure(
                "overview, some time, a model, a recommendation",
                () -> overview(from(), null, null, "m1", Recommendation.ANSWER));
        measure("overview, all time, a user", () -> overview(null, user(), null, null, null));
        measure("overview, some time, a user", () -> overview(from(), user(), null, null, null));
        measure(
                "plot of p95, days of a year",
                () -> insights.series(filter(BEGIN, null, null, null, null), Metric.RESPONSE_TIME_P95, Period.DAY));
        Instant day = BEGIN.plus(Duration.ofDays(100));
        InsightFilter month = new InsightFilter(day, day.plus(Duration.ofDays(30)), null, null, null, null);
        measure("plot of queries, hours of a month", () -> insights.series(month, Metric.QUERIES, Period.HOUR));
    }

    private void fill() throws SQLException {
        test.sql(
                "INSERT INTO users (id, namespace, name, dept_id) SELECT md5('u' || n)::uuid, 'default', 'u' || n, 'd' || n % 10"
                        + " FROM generate_series(0, " + (USERS - 1) + ") AS n");
        for (int month = 1; month <= 12; month++) {
            test.sql("SELECT query_logs_month('2025-%02d-01 00:00Z')".formatted(month));
            test.sql("""
                    WITH log AS (
                      INSERT INTO query_logs (user_id, created_at, id, response_time_ms, tokens_used, retrieval_quality,
                        recommendation, refinement_count, contexts_retrieved, conversation_hash, dept_id, model, query)
                      SELECT md5('u' || u)::uuid, '2025-01-01 00:00Z'::timestamptz + n * interval '%1$s microseconds',
                        gen_random_uuid(), exp(6 + 1.2 * random_normal())::int, (random() * 3000)::int, random(),
                        (ARRAY['ANSWER', 'ANSWER', 'REFINE', 'CLARIFY', 'EXTERNAL'])[1 + floor(random() * 5)],
                        floor(random() * 4), floor(random() * 9), hashint8extended(n / %7$s, 0), 'd' || u %% 10,
                        'm' || floor(random() * 3), 'what was said about number ' || n
                      FROM (SELECT n, floor(%2$s * random() * random())::int AS u
                        FROM generate_series(%3$s, %4$s) AS n) AS numbers
                      WHERE extract(month FROM ('2025-01-01 00:00Z'::timestamptz + n * interval '%1$s microseconds')
                        AT TIME ZONE 'UTC') = %5$s
                      RETURNING *)
                    INSERT INTO query_log_news (%6$s) SELECT %6$s FROM log
                    """.formatted(
                            YEAR.toSeconds() * 1_000_000 / LOGS,
                            USERS,
                            Math.max(0, LOGS * (month - 2) / 12),
                            Math.min(LOGS - 1, LOGS * (month + 1) / 12),
                            month,
                            FactRows.COLUMNS,
                            A_CONVERSATION));
        }
        fillConversations();
    }

    private void fillConversations() throws SQLException {
        test.sql("""
                INSERT INTO conversations (user_id, id, created_at, updated_at, active_minute, last_seq, gen, external_id)
                SELECT md5('u' || n %% %1$s)::uuid, gen_random_uuid(), at, at, date_trunc('minute', at), 2 * %2$s, n, 'c' || n
                FROM generate_series(0, %3$s) AS n,
                  LATERAL (SELECT '2025-01-01 00:00Z'::timestamptz + n * interval '%4$s microseconds' AS at) AS times
                """.formatted(
                        USERS,
                        A_CONVERSATION,
                        LOGS / A_CONVERSATION - 1,
                        YEAR.toSeconds() * 1_000_000 / LOGS * A_CONVERSATION));
    }

    /** Told is what a full scan in SQL finds. */
    private void check() throws SQLException {
        Overview told = overview(null, null, null, null, null);
        assertThat(told.queries().queries()).isEqualTo(test.number("SELECT count(*) FROM query_logs"));
        for (int percent : new int[] {50, 95, 99}) {
            double so = test.number("SELECT percentile_disc(" + percent / 100.0
                    + ") WITHIN GROUP (ORDER BY response_time_ms) FROM query_logs");
            double is = told.queries().responseTimes().percentile(percent);
            System.out.printf(Locale.ROOT, "p%d: told %.0f, is %.0f%n", percent, is, so);
            assertThat(is).isBetween(0.99 * so, 1.01 * so);
        }
        double conversations = test.number("SELECT count(DISTINCT conversation_hash) FROM query_logs");
        long counted = told.queries().conversations().count();
        System.out.printf(Locale.ROOT, "conversations: told %,d, are %,.0f%n", counted, conversations);
        assertThat((double) counted).isBetween(0.98 * conversations, 1.02 * conversations);
    }

    private void measure(String what, Runnable call) {
        List<Long> nanos = new ArrayList<>();
        for (int i = 0; i < ROUNDS + ROUNDS / 4; i++) {
            long began = System.nanoTime();
            call.run();
            nanos.add(System.nanoTime() - began);
        }
        List<Long> sorted =
                nanos.subList(ROUNDS / 4, nanos.size()).stream().sorted().toList();
        System.out.printf(
                Locale.ROOT,
                "%s: p50 %.1f ms, p95 %.1f ms%n",
                what,
                sorted.get(ROUNDS / 2) / 1e6,
                sorted.get(ROUNDS * 95 / 100) / 1e6);
    }

    private Overview overview(
            @Nullable Instant from,
            @Nullable Owner user,
            @Nullable String dept,
            @Nullable String model,
            @Nullable Recommendation recommendation) {
        return insights.overview(filter(from, user, dept, model, recommendation));
    }

    /** From some time on, as long as it pleases. */
    private InsightFilter filter(
            @Nullable Instant from,
            @Nullable Owner user,
            @Nullable String dept,
            @Nullable String model,
            @Nullable Recommendation recommendation) {
        Instant to = from == null ? null : from.plusSeconds((long) (random.nextDouble() * YEAR.toSeconds()));
        return new InsightFilter(from, to, user == null ? null : user.id(), dept, model, recommendation);
    }

    private Instant from() {
        return BEGIN.plusSeconds((long) (random.nextDouble() * YEAR.toSeconds()));
    }

    private String dept() {
        return "d" + random.nextInt(10);
    }

    private Owner user() {
        return Owner.registered(UUID.fromString(users.get(random.nextInt(users.size()))));
    }

    private long rows(String table) throws SQLException {
        return test.number("SELECT count(*) FROM " + table);
    }

    private long megabytes(String table) throws SQLException {
        return test.number("SELECT (SELECT coalesce(sum(pg_total_relation_size(inhrelid)), pg_total_relation_size('"
                + table + "')) FROM pg_inherits WHERE inhparent = '" + table + "'::regclass)::bigint / 1024 / 1024");
    }
}
