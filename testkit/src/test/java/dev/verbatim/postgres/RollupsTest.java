package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.AppendOptions;
import dev.verbatim.ConversationKey;
import dev.verbatim.InvalidInputException;
import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.UnavailableException;
import dev.verbatim.Window;
import dev.verbatim.insight.Answered;
import dev.verbatim.insight.InsightFilter;
import dev.verbatim.insight.Metric;
import dev.verbatim.insight.Period;
import dev.verbatim.insight.Recommendation;
import dev.verbatim.testkit.Await;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.Random;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is told of query logs is what each log says, whoever wrote them, in whatever order, and whatever was deleted since. */
class RollupsTest {
    private static final int USERS = 30;
    private static final InsightFilter ALL = new InsightFilter(null, null, null, null, null, null);

    private final TestLog test = TestLog.open();
    private final TestLog other = test.another();
    private final PostgresInsights insights = test.log().insights();
    private final PostgresInsights others = other.log().insights();
    private final Map<String, String> departments = new HashMap<>();
    private final List<Answered> logs = new ArrayList<>();

    @BeforeEach
    void fill() throws Exception {
        for (int i = 0; i < USERS; i++) {
            Owner user = Logs.user(i);
            test.log().create(user, NewConversation.withId("c1"));
            if (i % 4 > 0) {
                departments.put(String.valueOf(user.name()), "d" + i % 4);
                test.sql("UPDATE users SET dept_id = 'd" + i % 4 + "' WHERE id = '" + user.id() + "'");
            }
        }
        Logs source = new Logs(1, USERS);
        add(insights, source, 700);
        insights.rollUp();
        add(others, source, 700);
        others.rollUp();
        add(insights, source, 200);
    }

    private void add(PostgresInsights to, Logs source, int count) {
        Map<Owner, List<Answered>> byOwner = new HashMap<>();
        for (int i = 0; i < count; i++) {
            Answered log = source.next();
            byOwner.computeIfAbsent(log.owner(), owner -> new ArrayList<>()).add(log);
            logs.add(log);
        }
        byOwner.values().forEach(to::store);
    }

    /** Until nothing is left, whoever is at it: the servers' own threads are too. */
    private void rollUp() {
        Await.until(() -> {
            insights.rollUp();
            return left() == 0;
        });
    }

    private long left() {
        try {
            return test.number("SELECT (SELECT count(*) FROM query_log_news) + (SELECT count(*) FROM query_recounts)");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @AfterEach
    void close() {
        insights.close();
        others.close();
        other.close();
        test.close();
    }

    @Test
    void whatIsToldIsWhatAFullScanFinds() {
        FullScan scan = new FullScan(logs, departments);
        List<InsightFilter> filters = filters();
        filters.forEach(filter -> scan.check(insights, filter));
        rollUp();
        filters.forEach(filter -> scan.check(others, filter));
    }

    @Test
    void plotsShowWhatAFullScanFinds() {
        FullScan scan = new FullScan(logs, departments);
        InsightFilter user = new InsightFilter(null, null, Logs.user(0).id(), null, null, Recommendation.ANSWER);
        InsightFilter dept = new InsightFilter(Logs.FIRST, null, null, "d1", "model-1", null);
        Instant noon = Instant.parse("2025-12-24T12:00:00Z");
        InsightFilter day = new InsightFilter(noon, noon.plus(Duration.ofHours(20)), null, null, null, null);
        for (Metric metric : Metric.values()) {
            for (InsightFilter filter : List.of(ALL, user, dept)) {
                scan.checkSeries(insights, filter, metric, Period.DAY);
                scan.checkSeries(insights, filter, metric, Period.HOUR);
            }
            scan.checkSeries(insights, day, metric, Period.MINUTE);
        }
        assertThatThrownBy(() -> insights.series(ALL, Metric.QUERIES, Period.MINUTE))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    void anErasedUserIsNowhereAnyMore() throws Exception {
        rollUp();
        Owner erased = Logs.user(0);
        test.erase(erased);
        other.log().erase(Logs.user(3).id(), (key, gen) -> {});
        rollUp();

        logs.removeIf(log -> log.owner().equals(erased) || log.owner().equals(Logs.user(3)));
        FullScan scan = new FullScan(logs, departments);
        filters().forEach(filter -> scan.check(insights, filter));
        assertThat(test.number("SELECT count(*) FROM query_recounts")).isZero();
    }

    @Test
    void whatCascadesAndSqlDeleteIsCountedAnewWhileOthersWrite() throws Exception {
        rollUp();
        Owner deleted = Logs.user(1);
        test.sql("DELETE FROM users WHERE id = '" + deleted.id() + "'");
        test.sql("DELETE FROM query_logs WHERE created_at < '2025-11-10 00:00Z'");
        logs.removeIf(
                log -> log.owner().equals(deleted) || log.createdAt().isBefore(Instant.parse("2025-11-10T00:00:00Z")));
        List<Answered> late = new Logs(7, USERS).of(Logs.user(2), 300);
        others.store(late);
        logs.addAll(late);
        rollUp();

        FullScan scan = new FullScan(logs, departments);
        for (InsightFilter filter : filters()) {
            // The roll-ups of single users follow their user, not single logs: nothing deletes those.
            if (filter.user() == null) {
                scan.check(insights, filter);
            }
        }
    }

    @Test
    void aMonthThatIsTooOldGoesWithAllThatIsToldOfIt() throws Exception {
        rollUp();
        add(insights, new Logs(6, USERS), 200);
        QueryLogMonths months =
                new QueryLogMonths(test.database(), new Transactions(test.database(), Duration.ofSeconds(9)));
        assertThat(months.dropBefore(Instant.parse("2025-12-31T23:59:59Z"))).isEqualTo(2);

        logs.removeIf(log -> log.createdAt().isBefore(Instant.parse("2025-12-01T00:00:00Z")));
        FullScan scan = new FullScan(logs, departments);
        filters().forEach(filter -> scan.check(insights, filter));
        assertThat(test.number("SELECT count(*) FROM query_logs")).isEqualTo(logs.size());
        List<Answered> late = new Logs(8, USERS).of(Logs.user(2), 30);
        insights.store(late);
        assertThat(test.number("SELECT count(*) FROM query_logs"))
                .as("a table is made anew for a late log")
                .isEqualTo(logs.size() + late.size());
    }

    @Test
    void oldMonthsAreDroppedByTheServiceItself() {
        insights.keepDays(30);
        Await.until(() -> insights.overview(ALL).queries().queries() == 0);
    }

    @Test
    void messagesAreThoseOfActiveConversationsAndReadsThoseOfAllServers() {
        Owner user = Logs.user(5);
        test.append(user, "c1", NewMessage.of("user", "one"), NewMessage.of("user", "two"));
        other.append(Logs.user(6), "c1", NewMessage.of("user", "one"));
        for (int i = 1; i <= 100; i++) {
            (i % 2 == 0 ? insights : others)
                    .reads()
                    .count(i > 10 ? Window.Source.HIT : Window.Source.MISS, i * 1_000_000L);
        }
        Await.until(() -> insights.overview(ALL).reads().misses() == 10
                && insights.overview(ALL).reads().hits() == 90);
        rollUp();
        var overview = others.overview(ALL);
        assertThat(overview.reads().hits()).isEqualTo(90);
        assertThat(overview.reads().micros().percentile(95)).isBetween(94_050.0, 95_950.0);
        insights.reads().count(Window.Source.HIT, 1_000_000L);
        Await.until(() -> others.overview(ALL).reads().hits() == 91);
        rollUp();
        assertThat(others.overview(ALL).reads().hits())
                .as("more is added to what is there")
                .isEqualTo(91);
        assertThat(overview.messages()).isEqualTo(3);
        assertThat(insights.overview(new InsightFilter(null, null, user.id(), null, null, null))
                        .messages())
                .isEqualTo(2);
        assertThat(insights.overview(new InsightFilter(null, null, null, "d1", null, null))
                        .messages())
                .isEqualTo(2);
        Instant past = Instant.parse("2025-01-01T00:00:00Z");
        assertThat(insights.overview(new InsightFilter(null, past, null, null, null, null))
                        .messages())
                .isZero();
        assertThat(insights.overview(new InsightFilter(null, null, null, null, "model-1", null))
                        .messages())
                .isNull();
    }

    @Test
    void aLogBehindTheDeletionOfItsConversationSaysNothingOfIt() throws Exception {
        Owner user = Logs.user(5);
        insights.store(List.of(log(user, "secret one")));
        test.log().delete(ConversationKey.of(user, "c1"), OptionalLong.empty());
        long before = insights.overview(ALL).queries().conversations().count();
        insights.store(List.of(log(user, "secret two")));
        assertThat(test.number("SELECT count(*) FROM query_logs WHERE query LIKE 'secret%'"))
                .isZero();
        assertThat(insights.overview(ALL).queries().conversations().count())
                .as("it is counted as before")
                .isEqualTo(before);
        test.committer().append(Logs.user(6), "c1", List.of(NewMessage.of("user", "x")), AppendOptions.EXISTING);
        insights.store(List.of(log(Logs.user(6), "secret three")));
        assertThat(test.number("SELECT count(*) FROM query_logs WHERE query LIKE 'secret%'"))
                .isEqualTo(1);
    }

    @Test
    void whoHoldsTheTablesIsNotTakenForOneWhoHoldsAConversation() throws Exception {
        try (Connection holder = test.connect();
                Statement statement = holder.createStatement()) {
            holder.setAutoCommit(false);
            statement.execute("LOCK TABLE query_rollups IN ACCESS EXCLUSIVE MODE");
            insights.store(new Logs(9, USERS).of(Logs.user(2), 3));
            Await.until(() -> refusal().startsWith("the query logs are held by another transaction"));
            holder.rollback();
        }
    }

    private String refusal() {
        try {
            insights.rollUp();
            return "";
        } catch (UnavailableException e) {
            return String.valueOf(e.getMessage());
        }
    }

    private static Answered log(Owner user, String query) {
        return new Answered(
                UUID.randomUUID(),
                user,
                Instant.parse("2026-01-02T03:04:05.678901Z"),
                query,
                1,
                null,
                "c1",
                null,
                null,
                null,
                null,
                null);
    }

    /** Of all kinds, with times in the middle of everything. */
    private static List<InsightFilter> filters() {
        Random random = new Random(3);
        List<InsightFilter> filters = new ArrayList<>(List.of(ALL));
        for (int i = 0; i < 60; i++) {
            @Nullable Instant from = i % 3 == 0 ? null : Logs.FIRST.plus(part(random));
            @Nullable Instant to = i % 4 == 0 ? null : (from == null ? Logs.FIRST : from).plus(part(random));
            int whose = random.nextInt(3);
            filters.add(new InsightFilter(
                    from,
                    to,
                    whose == 1 ? Logs.user(random.nextInt(8)).id() : null,
                    whose == 2 ? "d" + (1 + random.nextInt(3)) : null,
                    random.nextBoolean() ? null : "model-" + random.nextInt(3),
                    random.nextBoolean()
                            ? null
                            : List.of(Recommendation.values()).get(random.nextInt(4))));
        }
        return filters;
    }

    private static Duration part(Random random) {
        return Duration.ofMillis((long) (Logs.LENGTH.toMillis() * random.nextDouble() * random.nextDouble()));
    }
}
