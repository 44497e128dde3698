package dev.verbatim.postgres;

import dev.verbatim.ConversationKey;
import dev.verbatim.Gone;
import java.sql.Connection;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;

/** What is remembered of deletions, read as a whole and taken over from elsewhere. */
final class GoneRows {
    private static final int AT_ONCE = 1_000;

    private static final String READ = """
            SELECT user_id, id, (extract(epoch FROM deleted_at) * 1000000)::bigint AS at_us FROM deleted_conversations
            WHERE deleted_at > now() - interval '24 hours' AND (user_id, id) > (?, ?) ORDER BY user_id, id LIMIT %d
            """.formatted(AT_ONCE);

    /** Not of what is there again. */
    private static final String KNOW = """
            INSERT INTO deleted_conversations (user_id, id, deleted_at)
            SELECT k.user_id, k.id, k.at FROM unnest(?::uuid[], ?::uuid[], ?::timestamptz[]) AS k (user_id, id, at)
            WHERE NOT EXISTS (SELECT FROM conversations c WHERE c.user_id = k.user_id AND c.id = k.id)
              AND NOT EXISTS (SELECT FROM users u WHERE u.id = k.user_id AND k.id = k.user_id)
            ORDER BY k.user_id, k.id
            ON CONFLICT (user_id, id)
              DO UPDATE SET deleted_at = greatest(deleted_conversations.deleted_at, excluded.deleted_at)
            RETURNING id
            """;

    private final Database database;

    GoneRows(Database database) {
        this.database = database;
    }

    List<Gone> read() {
        List<Gone> all = new ArrayList<>();
        List<Gone> some = after(new ConversationKey(new UUID(0, 0), new UUID(0, 0)));
        while (!some.isEmpty()) {
            all.addAll(some);
            some = after(some.getLast().key());
        }
        return all;
    }

    private List<Gone> after(ConversationKey place) {
        return database.query(READ, statement -> Conversations.bindKey(statement, 1, place), row -> {
            List<Gone> some = new ArrayList<>();
            while (row.next()) {
                some.add(new Gone(AppendStatements.key(row, "id"), Columns.time(row.getLong("at_us"))));
            }
            return some;
        });
    }

    void know(List<Gone> gone) {
        for (int from = 0; from < gone.size(); from += AT_ONCE) {
            List<Gone> some = gone.subList(from, Math.min(gone.size(), from + AT_ONCE));
            boolean unused = database.query(
                    KNOW,
                    statement -> {
                        Connection connection = statement.getConnection();
                        statement.setArray(
                                1,
                                Columns.uuids(connection, some, one -> one.key().owner()));
                        statement.setArray(
                                2,
                                Columns.uuids(connection, some, one -> one.key().id()));
                        statement.setArray(3, Columns.array(connection, ArrayType.TIMESTAMPTZ, some, one -> one.at()));
                    },
                    row -> true);
        }
    }
}
