package dev.verbatim.postgres;

import dev.verbatim.ConversationKey;
import dev.verbatim.insight.Answered;
import dev.verbatim.insight.Distinct;
import dev.verbatim.insight.Recommendation;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.util.List;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Binds logs to a statement, an array a column, in the order in which it names them. */
final class AnsweredParameters {
    private final Connection connection;
    private final PreparedStatement statement;
    private final List<Answered> logs;
    private int next = 1;

    AnsweredParameters(Connection connection, PreparedStatement statement, List<Answered> logs) {
        this.connection = connection;
        this.statement = statement;
        this.logs = logs;
    }

    /** @param deleted conversations of which nothing is said any more, but that they are counted */
    void bind(Set<ConversationKey> deleted) throws SQLException {
        array(ArrayType.UUID, log -> log.owner().id());
        array(ArrayType.TIMESTAMPTZ, Answered::createdAt);
        array(ArrayType.UUID, Answered::id);
        array(ArrayType.INT4, Answered::responseTimeMs);
        array(ArrayType.INT4, Answered::tokensUsed);
        array(ArrayType.INT4, Answered::refinementCount);
        array(ArrayType.INT4, Answered::contextsRetrieved);
        array(ArrayType.FLOAT8, Answered::retrievalQuality);
        array(ArrayType.TEXT, AnsweredParameters::recommendation);
        array(ArrayType.TEXT, log -> isOf(deleted, log) ? null : log.conversationId());
        array(ArrayType.INT8, AnsweredParameters::conversationHash);
        array(ArrayType.TEXT, Answered::model);
        array(ArrayType.TEXT, log -> isOf(deleted, log) ? "" : log.query());
    }

    private static boolean isOf(Set<ConversationKey> deleted, Answered log) {
        ConversationKey key = deleted.isEmpty() ? null : log.conversation();
        return key != null && deleted.contains(key);
    }

    private static @Nullable String recommendation(Answered log) {
        Recommendation recommendation = log.recommendation();
        return recommendation == null ? null : recommendation.name();
    }

    private static @Nullable Long conversationHash(Answered log) {
        ConversationKey key = log.conversation();
        return key == null ? null : Distinct.hash(key.id());
    }

    private void array(ArrayType type, Function<Answered, ? extends @Nullable Object> value) throws SQLException {
        statement.setArray(next++, Columns.array(connection, type, logs, value));
    }
}
