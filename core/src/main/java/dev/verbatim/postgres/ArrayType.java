package dev.verbatim.postgres;

import dev.verbatim.Times;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.sql.Array;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.util.HexFormat;
import java.util.Locale;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.postgresql.core.BaseConnection;
import org.postgresql.core.Oid;
import org.postgresql.jdbc.PgArray;
import org.postgresql.jdbc.PreferQueryMode;

/**
 * What the elements of an array parameter are. It is sent in PostgreSQL's binary form, as {@code array_recv} and the
 * elements' own receive functions take it: nothing is quoted and escaped here to be parsed again there, which the driver's
 * own arrays need for most of these types.
 */
enum ArrayType {
    UUID(Oid.UUID, Oid.UUID_ARRAY),
    TEXT(Oid.TEXT, Oid.TEXT_ARRAY),
    INT4(Oid.INT4, Oid.INT4_ARRAY),
    INT8(Oid.INT8, Oid.INT8_ARRAY),
    FLOAT8(Oid.FLOAT8, Oid.FLOAT8_ARRAY),
    BYTEA(Oid.BYTEA, Oid.BYTEA_ARRAY),
    TIMESTAMPTZ(Oid.TIMESTAMPTZ, Oid.TIMESTAMPTZ_ARRAY);

    /** Where PostgreSQL counts times from: 2000-01-01T00:00:00Z, in seconds since 1970. */
    private static final long POSTGRES_EPOCH = 946_684_800;

    private static final long MICROS_A_SECOND = 1_000_000;
    private static final int NANOS_A_MICRO = 1_000;

    /** Dimensions, whether there are nulls, the elements' type; length and lower bound of the dimension. */
    private static final int HEADER = 5 * Integer.BYTES;

    private final int element;
    private final int array;

    ArrayType(int element, int array) {
        this.element = element;
        this.array = array;
    }

    /** An array of {@code values}, each null or of the class that this type has in Java. */
    Array of(Connection connection, @Nullable Object[] values) throws SQLException {
        BaseConnection driver = connection.unwrap(BaseConnection.class);
        // The simple protocol, which a URL may ask for, has no binary parameters.
        return driver.getPreferQueryMode() == PreferQueryMode.SIMPLE
                ? driver.createArrayOf(name().toLowerCase(Locale.ROOT), texts(values))
                : new PgArray(driver, array, binary(values));
    }

    private static @Nullable String[] texts(@Nullable Object[] values) {
        @Nullable String[] texts = new @Nullable String[values.length];
        for (int i = 0; i < values.length; i++) {
            texts[i] = switch (values[i]) {
                case null -> null;
                case byte[] bytes -> "\\x" + HexFormat.of().formatHex(bytes);
                case Instant time -> Times.format(time);
                case Object value -> value.toString();
            };
        }
        return texts;
    }

    private byte[] binary(@Nullable Object[] values) {
        byte[] @Nullable [] encoded = new byte[values.length][];
        int size = HEADER;
        boolean nulls = false;
        for (int i = 0; i < values.length; i++) {
            Object value = values[i];
            byte @Nullable [] bytes = value == null ? null : encode(value);
            encoded[i] = bytes;
            size += Integer.BYTES + (bytes == null ? 0 : bytes.length);
            nulls |= bytes == null;
        }
        return binary(encoded, size, nulls);
    }

    private byte[] binary(byte[] @Nullable [] encoded, int size, boolean nulls) {
        if (encoded.length == 0) {
            return ByteBuffer.allocate(3 * Integer.BYTES)
                    .putInt(0)
                    .putInt(0)
                    .putInt(element)
                    .array();
        }
        ByteBuffer buffer = ByteBuffer.allocate(size)
                .putInt(1)
                .putInt(nulls ? 1 : 0)
                .putInt(element)
                .putInt(encoded.length)
                .putInt(1);
        for (byte @Nullable [] bytes : encoded) {
            if (bytes == null) {
                buffer.putInt(-1);
            } else {
                buffer.putInt(bytes.length).put(bytes);
            }
        }
        return buffer.array();
    }

    private static byte[] encode(Object value) {
        return switch (value) {
            case String text -> text.getBytes(StandardCharsets.UTF_8);
            case UUID uuid ->
                ByteBuffer.allocate(2 * Long.BYTES)
                        .putLong(uuid.getMostSignificantBits())
                        .putLong(uuid.getLeastSignificantBits())
                        .array();
            case byte[] bytes -> bytes;
            case Long number -> eight(number);
            case Double number -> eight(Double.doubleToRawLongBits(number));
            case Integer number ->
                ByteBuffer.allocate(Integer.BYTES).putInt(number).array();
            case Instant time ->
                eight((time.getEpochSecond() - POSTGRES_EPOCH) * MICROS_A_SECOND + time.getNano() / NANOS_A_MICRO);
            default -> throw new IllegalArgumentException("no array of " + value.getClass());
        };
    }

    private static byte[] eight(long number) {
        return ByteBuffer.allocate(Long.BYTES).putLong(number).array();
    }
}
