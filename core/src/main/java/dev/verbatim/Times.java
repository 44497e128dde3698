package dev.verbatim;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.Locale;

/** Times as they are written: RFC 3339 in UTC with six digits, which is also what PostgreSQL keeps. */
public final class Times {
    private static final DateTimeFormatter SIX_DIGITS = DateTimeFormatter.ofPattern(
                    "uuuu-MM-dd'T'HH:mm:ss.SSSSSS'Z'", Locale.ROOT)
            .withZone(ZoneOffset.UTC);

    private Times() {}

    /** Writes {@code time} in UTC with six digits; what is finer than a microsecond is left out. */
    public static String format(Instant time) {
        return SIX_DIGITS.format(time);
    }

    /**
     * Reads RFC 3339 with any offset; what is finer than a microsecond is left out.
     *
     * @param param what an error calls it
     * @throws InvalidInputException when {@code text} is no such time, or its year in UTC is not 1 to 9999
     */
    public static Instant parse(String param, String text) {
        try {
            OffsetDateTime time = OffsetDateTime.parse(text, DateTimeFormatter.ISO_OFFSET_DATE_TIME)
                    .withOffsetSameInstant(ZoneOffset.UTC);
            if (time.getYear() >= 1 && time.getYear() <= 9999) {
                return time.toInstant().truncatedTo(ChronoUnit.MICROS);
            }
        } catch (DateTimeException e) {
            throw new InvalidInputException(param, notATime(param));
        }
        throw new InvalidInputException(param, notATime(param));
    }

    private static String notATime(String param) {
        return param + " must be an RFC 3339 time, such as 2026-01-31T12:00:00Z";
    }
}
