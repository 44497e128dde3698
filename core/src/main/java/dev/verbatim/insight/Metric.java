package dev.verbatim.insight;

import java.util.Locale;
import java.util.Optional;
import java.util.function.ToDoubleFunction;

/** What can be plotted over time. */
public enum Metric {
    QUERIES(Tally::queries, 0),
    USERS(tally -> tally.users().count(), 0),
    CONVERSATIONS(tally -> tally.conversations().count(), 0),
    TOKENS(tally -> tally.tokens().total(), 0),
    RESPONSE_TIME_AVG(tally -> tally.totalTime().average(), Double.NaN),
    RESPONSE_TIME_P50(tally -> percentile(tally, 50), Double.NaN),
    RESPONSE_TIME_P95(tally -> percentile(tally, 95), Double.NaN),
    RESPONSE_TIME_P99(tally -> percentile(tally, 99), Double.NaN),
    RETRIEVAL_QUALITY(tally -> tally.qualities().average(), Double.NaN),
    REFINEMENTS(tally -> tally.refinements().average(), Double.NaN),
    CONTEXTS(tally -> tally.contexts().average(), Double.NaN);

    private final ToDoubleFunction<Tally> value;
    private final double empty;

    Metric(ToDoubleFunction<Tally> value, double empty) {
        this.value = value;
        this.empty = empty;
    }

    private static double percentile(Tally tally, int percent) {
        return Math.round(tally.responseTimes().percentile(percent));
    }

    /** The one of that text, if there is one. */
    public static Optional<Metric> of(String text) {
        for (Metric metric : values()) {
            if (metric.text().equals(text)) {
                return Optional.of(metric);
            }
        }
        return Optional.empty();
    }

    /** As it is written. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** Its value; NaN when there is none. */
    public double of(Tally tally) {
        return tally.queries() == 0 ? empty : value.applyAsDouble(tally);
    }

    /** Its value where nothing was asked: 0 for what is counted, NaN for what is an average. */
    public double empty() {
        return empty;
    }
}
