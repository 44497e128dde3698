package dev.verbatim;

import java.nio.charset.StandardCharsets;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDateTime;
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
        LocalDateTime utc = LocalDateTime.ofEpochSecond(time.getEpochSecond(), time.getNano(), ZoneOffset.UTC);
        return utc.getYear() >= 0 && utc.getYear() <= 9999 ? fourDigitYear(utc) : SIX_DIGITS.format(time);
    }

    /** What the formatter would write: each message has its time written several times on its way. */
    private static String fourDigitYear(LocalDateTime utc) {
        byte[] text = "0000-00-00T00:00:00.000000Z".getBytes(StandardCharsets.ISO_8859_1);
        digits(text, 4, utc.getYear());
        digits(text, 7, utc.getMonthValue());
        digits(text, 10, utc.getDayOfMonth());
        digits(text, 13, utc.getHour());
        digits(text, 16, utc.getMinute());
        digits(text, 19, utc.getSecond());
        digits(text, 26, utc.getNano() / 1_000);
        return new String(text, StandardCharsets.ISO_8859_1);
    }

    /** Puts {@code number} in front of {@code end}. */
    private static void digits(byte[] text, int end, int number) {
        int at = end;
        for (int left = number; left > 0; left /= 10) {
            text[--at] = (byte) ('0' + left % 10);
        }
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

    /** The later of two. */
    public static Instant later(Instant one, Instant other) {
        return one.isAfter(other) ? one : other;
    }

    /** The earlier of two. */
    public static Instant earlier(Instant one, Instant other) {
        return one.isBefore(other) ? one : other;
    }

    private static String notATime(String param) {
        return param + " must be an RFC 3339 time, such as 2026-01-31T12:00:00Z";
    }
}
