package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.testkit.RealServers;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What PostgreSQL understands of an array is what was meant, whichever way the driver talks. */
class ArrayTypeTest {
    @ParameterizedTest
    @ValueSource(strings = {"extended", "simple"})
    void whatIsSentArrives(String mode) throws SQLException {
        assertThat(sent(mode, ArrayType.TEXT, "a", "", null, "NULL", "{\"a\\\\\",'b'}", "été 한 😀", "x".repeat(10_000)))
                .containsExactly("a", "", null, "NULL", "{\"a\\\\\",'b'}", "été 한 😀", "x".repeat(10_000));
        UUID uuid = UUID.fromString("ffffffff-0000-4000-8000-00000000000f");
        assertThat(sent(mode, ArrayType.UUID, uuid, null)).containsExactly(uuid.toString(), null);
        assertThat(sent(mode, ArrayType.INT8, Long.MIN_VALUE, -1L, 0L, null, Long.MAX_VALUE))
                .containsExactly("-9223372036854775808", "-1", "0", null, "9223372036854775807");
        assertThat(sent(mode, ArrayType.INT4, Integer.MIN_VALUE, null, 7)).containsExactly("-2147483648", null, "7");
        assertThat(sent(mode, ArrayType.FLOAT8, 0.1, null, -1e300)).containsExactly("0.1", null, "-1e+300");
        assertThat(sent(mode, ArrayType.BYTEA, "\0\\x'".getBytes(StandardCharsets.US_ASCII), null))
                .containsExactly("\\x005c7827", null);
    }

    @ParameterizedTest
    @ValueSource(strings = {"extended", "simple"})
    void timesAreExactFromTheFirstYearToTheLast(String mode) throws SQLException {
        assertThat(sent(
                        mode,
                        ArrayType.TIMESTAMPTZ,
                        Instant.parse("0001-01-01T00:00:00.000001Z"),
                        Instant.parse("1969-12-31T23:59:59.999999Z"),
                        Instant.parse("2026-11-29T12:00:00.123456Z"),
                        null,
                        Instant.parse("9999-12-31T23:59:59.999999Z")))
                .containsExactly(
                        "0001-01-01 00:00:00.000001+00",
                        "1969-12-31 23:59:59.999999+00",
                        "2026-11-29 12:00:00.123456+00",
                        null,
                        "9999-12-31 23:59:59.999999+00");
    }

    @Test
    void anEmptyOneHasNoElements() throws SQLException {
        for (ArrayType type : ArrayType.values()) {
            assertThat(sent("extended", type)).isEmpty();
        }
    }

    private static List<String> sent(String mode, ArrayType type, @Nullable Object... values) throws SQLException {
        String url = RealServers.newDatabase();
        try (Connection connection = DriverManager.getConnection(url + "&preferQueryMode=" + mode);
                PreparedStatement utc = connection.prepareStatement("SET TimeZone TO 'UTC'");
                PreparedStatement statement = connection.prepareStatement("SELECT v::text FROM unnest(?::"
                        + type.name().toLowerCase(Locale.ROOT) + "[]) WITH ORDINALITY AS u (v, n) ORDER BY n")) {
            utc.execute();
            statement.setArray(1, Columns.array(connection, type, Arrays.asList(values), value -> value));
            List<String> found = new ArrayList<>();
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    found.add(row.getString(1));
                }
            }
            return found;
        }
    }
}
