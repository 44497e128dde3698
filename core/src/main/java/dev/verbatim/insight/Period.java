package dev.verbatim.insight;

import java.time.Instant;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** How long what is counted together lasts, in UTC. */
public enum Period {
    MINUTE(ChronoUnit.MINUTES),
    HOUR(ChronoUnit.HOURS),
    DAY(ChronoUnit.DAYS),
    MONTH(ChronoUnit.MONTHS);

    private final ChronoUnit unit;

    Period(ChronoUnit unit) {
        this.unit = unit;
    }

    /** As it is written. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /** The beginning of the one that {@code time} is in. */
    public Instant floor(Instant time) {
        if (this == MONTH) {
            return time.atZone(ZoneOffset.UTC)
                    .truncatedTo(ChronoUnit.DAYS)
                    .withDayOfMonth(1)
                    .toInstant();
        }
        return time.truncatedTo(unit);
    }

    /** The beginning of the one behind that which {@code time} is in. */
    public Instant next(Instant time) {
        ZonedDateTime begin = floor(time).atZone(ZoneOffset.UTC);
        return begin.plus(1, unit).toInstant();
    }

    /** {@code time}, when one begins then; else {@link #next}. */
    public Instant ceiling(Instant time) {
        return floor(time).equals(time) ? time : next(time);
    }

    /** The next shorter one; of minutes, themselves. */
    Period shorter() {
        return switch (this) {
            case MONTH -> DAY;
            case DAY -> HOUR;
            case HOUR, MINUTE -> MINUTE;
        };
    }
}
