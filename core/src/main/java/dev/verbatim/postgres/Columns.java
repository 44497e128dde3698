package dev.verbatim.postgres;

import dev.verbatim.Conversation;
import dev.verbatim.MessageRow;
import java.sql.Array;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.OptionalInt;
import java.util.UUID;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Columns as Java has them, and the other way. Times travel as microseconds: no time zone has a part in it. */
final class Columns {
    /** The columns {@link #message} reads, of a table called m. */
    static final String MESSAGE =
            "m.conversation_id, m.seq, (extract(epoch FROM m.created_at) * 1000000)::bigint AS created_us, m.id, m.role,"
                    + " m.tokens_used, m.latency_ms, m.model, m.body";

    /** The columns {@link #conversation} reads, of a table called c. */
    static final String CONVERSATION = "c.external_id, c.title, c.last_seq, c.gen, c.metadata,"
            + " (extract(epoch FROM c.created_at) * 1000000)::bigint AS created_us,"
            + " (extract(epoch FROM c.updated_at) * 1000000)::bigint AS updated_us";

    /** The id that {@link dev.verbatim.MadeIds} makes for a message without one, of a table called m. */
    static final String MADE_ID = """
            (lpad(to_hex(floor(extract(epoch FROM m.created_at) * 1000)::bigint & ((1::bigint << 48) - 1)), 12, '0')
              || '7' || substr(m.conversation_id::text, 16, 3)
              || to_hex((1::bigint << 63) | ((m.seq & ((1::bigint << 40) - 1)) << 22)
                | (('x' || right(m.conversation_id::text, 6))::bit(24)::bigint & ((1 << 22) - 1))))::uuid::text""";

    /** The column that says which transaction a row of this table is of, the lower 32 bits of its number. */
    static String xid(String table) {
        return table + ".xmin::text::bigint AS xid";
    }

    private Columns() {}

    static MessageRow message(ResultSet row) throws SQLException {
        return new MessageRow(
                row.getObject("conversation_id", UUID.class),
                row.getLong("seq"),
                time(row.getLong("created_us")),
                row.getString("id"),
                row.getString("role"),
                optional(row, "tokens_used"),
                optional(row, "latency_ms"),
                row.getString("model"),
                row.getString("body"));
    }

    static Conversation conversation(ResultSet row) throws SQLException {
        return new Conversation(
                row.getString("external_id"),
                row.getString("title"),
                row.getLong("last_seq"),
                row.getLong("gen"),
                row.getString("metadata"),
                time(row.getLong("created_us")),
                time(row.getLong("updated_us")));
    }

    static Instant time(long micros) {
        return Instant.EPOCH.plus(micros, ChronoUnit.MICROS);
    }

    /**
     * A time to be compared with a column. As text it would be read anew for each row, for what a text means as a time may
     * depend on settings.
     */
    static OffsetDateTime comparable(Instant time) {
        return time.atOffset(ZoneOffset.UTC);
    }

    static long micros(Instant time) {
        return ChronoUnit.MICROS.between(Instant.EPOCH, time);
    }

    private static OptionalInt optional(ResultSet row, String column) throws SQLException {
        int value = row.getInt(column);
        return row.wasNull() ? OptionalInt.empty() : OptionalInt.of(value);
    }

    static @Nullable Integer orNull(OptionalInt value) {
        return value.isPresent() ? value.getAsInt() : null;
    }

    /** An array parameter with one value of each of {@code items}. */
    static <T> Array array(
            Connection connection, ArrayType type, Collection<T> items, Function<T, ? extends @Nullable Object> value)
            throws SQLException {
        @Nullable Object[] values = new @Nullable Object[items.size()];
        int i = 0;
        for (T item : items) {
            values[i++] = value.apply(item);
        }
        return type.of(connection, values);
    }

    static <T> Array uuids(Connection connection, Collection<T> items, Function<T, UUID> value) throws SQLException {
        return array(connection, ArrayType.UUID, items, value);
    }
}
