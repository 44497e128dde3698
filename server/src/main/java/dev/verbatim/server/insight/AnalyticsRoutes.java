package dev.verbatim.server.insight;

import dev.verbatim.insight.InsightFilter;
import dev.verbatim.insight.Insights;
import dev.verbatim.insight.Metric;
import dev.verbatim.insight.Overview;
import dev.verbatim.insight.Period;
import dev.verbatim.insight.Point;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.JsonOut;
import dev.verbatim.server.http.RequestContext;
import dev.verbatim.server.http.Routes;
import java.util.Arrays;
import java.util.List;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Tells what query logs say together. */
final class AnalyticsRoutes {
    private final Supplier<Insights> insights;

    private AnalyticsRoutes(Supplier<Insights> insights) {
        this.insights = insights;
    }

    static void register(Routes routes, Supplier<Insights> insights) {
        AnalyticsRoutes handlers = new AnalyticsRoutes(insights);
        routes.add(
                        "GET",
                        "/api/analytics/overview",
                        Access.USER,
                        handlers::overview,
                        "from",
                        "to",
                        "user",
                        "dept_id",
                        "model",
                        "recommendation")
                .add(
                        "GET",
                        "/api/analytics/timeseries",
                        Access.USER,
                        handlers::series,
                        "metric",
                        "bucket",
                        "from",
                        "to",
                        "user",
                        "dept_id",
                        "model",
                        "recommendation");
    }

    private void overview(RequestContext request) {
        InsightFilter filter = Parameters.filter(request);
        Overview overview = insights.get().overview(filter);
        request.json(200, OverviewJson.of(overview, Parameters.seesAll(request)).bytes());
    }

    private void series(RequestContext request) {
        Metric metric = metric(request);
        Period period = period(request);
        List<Point> points = insights.get().series(Parameters.filter(request), metric, period);
        String data = points.stream()
                .map(AnalyticsRoutes::json)
                .map(JsonOut::text)
                .collect(Collectors.joining(",", "[", "]"));
        request.json(
                200,
                new JsonOut()
                        .member("metric", metric.text())
                        .member("bucket", period.text())
                        .raw("data", data)
                        .end()
                        .bytes());
    }

    private static JsonOut json(Point point) {
        return new JsonOut()
                .member("at", point.at())
                .raw("value", OverviewJson.number(point.value()))
                .end();
    }

    private static Metric metric(RequestContext request) {
        return request.query()
                .text("metric")
                .flatMap(Metric::of)
                .orElseThrow(() -> ApiException.invalid(
                        "metric",
                        "metric must be one of "
                                + Arrays.stream(Metric.values())
                                        .map(Metric::text)
                                        .collect(Collectors.joining(", "))));
    }

    private static Period period(RequestContext request) {
        return switch (request.query().text("bucket").orElse("")) {
            case "minute" -> Period.MINUTE;
            case "hour" -> Period.HOUR;
            case "day" -> Period.DAY;
            default -> throw ApiException.invalid("bucket", "bucket must be minute, hour or day");
        };
    }
}
