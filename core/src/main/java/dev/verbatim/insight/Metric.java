package dev.verbatim.insight;

import java.util.Locale;
import java.util.Optional;

/** What can be plotted over time. */
public enum Metric {
    QUERIES(0),
    USERS(0),
    CONVERSATIONS(0),
    TOKENS(0),
    RESPONSE_TIME_AVG(Double.NaN),
    RESPONSE_TIME_P50(Double.NaN),
    RESPONSE_TIME_P95(Double.NaN),
    RESPONSE_TIME_P99(Double.NaN),
    RETRIEVAL_QUALITY(Double.NaN),
    REFINEMENTS(Double.NaN),
    CONTEXTS(Double.NaN);

    private final double empty;

    Metric(double empty) {
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
        if (tally.queries() == 0) {
            return empty;
        }
        return switch (this) {
            case QUERIES -> tally.queries();
            case USERS -> tally.users().count();
            case CONVERSATIONS -> tally.conversations().count();
            case TOKENS -> tally.tokens().total();
            case RESPONSE_TIME_AVG -> tally.totalTime().average();
            case RESPONSE_TIME_P50 -> percentile(tally, 50);
            case RESPONSE_TIME_P95 -> percentile(tally, 95);
            case RESPONSE_TIME_P99 -> percentile(tally, 99);
            case RETRIEVAL_QUALITY -> tally.qualities().average();
            case REFINEMENTS -> tally.refinements().average();
            case CONTEXTS -> tally.contexts().average();
        };
    }

    /** Its value where nothing was asked: 0 for what is counted, NaN for what is an average. */
    public double empty() {
        return empty;
    }
}
