package dev.verbatim.insight;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Some periods of one length that follow each other.
 *
 * @param from the beginning of the first
 * @param to the end of the last
 */
public record Span(Period period, Instant from, Instant to) {
    /** Before all that is stored, and behind it; months begin then. */
    public static final Instant EARLIEST = Instant.parse("0001-01-01T00:00:00Z");

    /** See {@link #EARLIEST}. */
    public static final Instant LATEST = Instant.parse("9999-12-01T00:00:00Z");

    /**
     * The whole time from {@code from} to {@code to}, of as long periods as can be.
     *
     * @param from when an hour begins; null for the beginning
     * @param to when an hour begins; null for no end
     */
    public static List<Span> cover(@Nullable Instant from, @Nullable Instant to) {
        List<Span> spans = new ArrayList<>();
        cover(from == null ? EARLIEST : from, to == null ? LATEST : to, Period.MONTH, spans);
        return spans;
    }

    private static void cover(Instant from, Instant to, Period period, List<Span> spans) {
        if (!from.isBefore(to)) {
            return;
        }
        if (period == Period.HOUR) {
            spans.add(new Span(period, from, to));
            return;
        }
        Instant first = period.ceiling(from);
        Instant last = period.floor(to);
        if (!first.isBefore(last)) {
            cover(from, to, period.shorter(), spans);
            return;
        }
        cover(from, first, period.shorter(), spans);
        spans.add(new Span(period, first, last));
        cover(last, to, period.shorter(), spans);
    }
}
