package dev.verbatim.postgres;

import dev.verbatim.InvalidInputException;
import dev.verbatim.Owner;
import dev.verbatim.Page;
import dev.verbatim.insight.Answered;
import dev.verbatim.insight.AnsweredQuery;
import dev.verbatim.insight.Recommendation;
import dev.verbatim.insight.Span;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Lists query logs. */
final class AnsweredReads {
    private static final String SELECT = """
            SELECT user_id, (extract(epoch FROM created_at) * 1000000)::bigint AS created_us, id, response_time_ms,
              tokens_used, refinement_count, contexts_retrieved, retrieval_quality, recommendation, conversation_id, model,
              query
            FROM query_logs WHERE true""";

    /** Where a page ended. */
    private record Place(int responseTimeMs, Instant createdAt, UUID id) {
        static Place of(Answered log) {
            return new Place(log.responseTimeMs(), log.createdAt(), log.id());
        }

        String text() {
            return responseTimeMs + "_" + Columns.micros(createdAt) + "_" + id;
        }

        static Place parse(String text) {
            String[] parts = text.split("_", -1);
            if (parts.length != 3) {
                throw notOurs();
            }
            try {
                Instant time = Columns.time(Long.parseLong(parts[1]));
                if (!time.isBefore(Span.EARLIEST) && time.isBefore(Span.LATEST)) {
                    return new Place(Integer.parseInt(parts[0]), time, UUID.fromString(parts[2]));
                }
            } catch (IllegalArgumentException e) {
                throw notOurs();
            }
            throw notOurs();
        }

        private static InvalidInputException notOurs() {
            return new InvalidInputException("after", "after must be the \"next\" of a page of this list");
        }
    }

    private final StringBuilder sql = new StringBuilder(SELECT);
    private final List<Object> values = new ArrayList<>();
    private final AnsweredQuery query;

    private AnsweredReads(AnsweredQuery query) {
        this.query = query;
    }

    static Page<Answered> list(Database database, AnsweredQuery query) {
        AnsweredReads reads = new AnsweredReads(query);
        reads.build();
        return database.query(reads.sql.toString(), reads::bind, reads::page);
    }

    private void build() {
        where(" AND user_id = ?", query.user());
        where(" AND created_at >= ?", time(query.from()));
        where(" AND created_at < ?", time(query.to()));
        where(" AND recommendation = ?", RollupKey.nameOrNull(query.recommendation()));
        Place place = query.after() == null ? null : Place.parse(query.after());
        if (query.slowestFirst()) {
            if (place != null) {
                sql.append(" AND (response_time_ms, created_at, id) < (?, ?, ?)");
                values.addAll(List.of(place.responseTimeMs(), Columns.comparable(place.createdAt()), place.id()));
            }
            sql.append(" ORDER BY response_time_ms DESC, created_at DESC, id DESC");
        } else {
            if (place != null) {
                sql.append(" AND (created_at, id) < (?, ?)");
                values.addAll(List.of(Columns.comparable(place.createdAt()), place.id()));
            }
            sql.append(" ORDER BY created_at DESC, id DESC");
        }
        sql.append(" LIMIT ").append(query.limit() + 1);
    }

    private void where(String condition, @Nullable Object value) {
        if (value != null) {
            sql.append(condition);
            values.add(value);
        }
    }

    private static @Nullable OffsetDateTime time(@Nullable Instant time) {
        return time == null ? null : Columns.comparable(time);
    }

    private void bind(PreparedStatement statement) throws SQLException {
        for (int i = 0; i < values.size(); i++) {
            statement.setObject(i + 1, values.get(i));
        }
    }

    private Page<Answered> page(ResultSet row) throws SQLException {
        List<Answered> logs = new ArrayList<>();
        while (row.next()) {
            if (logs.size() == query.limit()) {
                return new Page<>(logs, Place.of(logs.getLast()).text());
            }
            logs.add(log(row));
        }
        return new Page<>(logs, null);
    }

    private static Answered log(ResultSet row) throws SQLException {
        String recommendation = row.getString("recommendation");
        return new Answered(
                row.getObject("id", UUID.class),
                Owner.registered(row.getObject("user_id", UUID.class)),
                Columns.time(row.getLong("created_us")),
                row.getString("query"),
                row.getInt("response_time_ms"),
                row.getObject("tokens_used", Integer.class),
                row.getString("conversation_id"),
                row.getObject("retrieval_quality", Double.class),
                recommendation == null ? null : Recommendation.valueOf(recommendation),
                row.getObject("refinement_count", Integer.class),
                row.getObject("contexts_retrieved", Integer.class),
                row.getString("model"));
    }
}
