package dev.verbatim.postgres;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Asks for {@link TableReport}s. However large a table is, only its last pages are looked at. */
final class TableStatements {
    private static final String SIZES = """
            SELECT c.relname, CASE WHEN c.reltuples < 0 THEN pg_stat_get_live_tuples(c.oid) ELSE c.reltuples END::bigint, pg_total_relation_size(c.oid),
              greatest(0, pg_relation_size(c.oid) / current_setting('block_size')::int - 64)
            FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace
            WHERE n.nspname = current_schema() AND c.relkind = 'r' ORDER BY c.relname
            """;

    /** The tables whose rows are shown: their columns but the secret ones, and when a row came. */
    private static final Map<String, Shown> SHOWN = Map.of(
            "users", new Shown("id, namespace, name, email, dept_id, role, created_at, erased_at", "created_at"),
            "api_keys", new Shown("id, user_id, prefix, name, role, namespace, created_at, expires_at", "created_at"),
            "conversations",
                    new Shown(
                            "user_id, external_id, left(title, 200) AS title, last_seq, gen, created_at, updated_at",
                            "updated_at"),
            "messages",
                    new Shown(
                            "user_id, conversation_id, seq, created_at, role, id, model, tokens_used, latency_ms,"
                                    + " left(body, 200) AS body",
                            "created_at"),
            "deleted_conversations", new Shown("user_id, id, deleted_at", "deleted_at"),
            "change_log", new Shown("xid::text, at, kind, user_id, id, gen, seq", "at"),
            "query_logs",
                    new Shown(
                            "user_id, created_at, id, response_time_ms, tokens_used, recommendation,"
                                    + " conversation_id, model, left(query, 200) AS query",
                            "created_at"));

    private record Shown(String columns, String time) {}

    private TableStatements() {}

    static List<TableReport> ask(Connection connection, int newest) throws SQLException {
        List<TableReport> tables = new ArrayList<>();
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(SIZES)) {
            while (row.next()) {
                String name = row.getString(1);
                List<String> rows = newestOf(connection, name, row.getLong(4), newest);
                tables.add(new TableReport(name, row.getLong(2), row.getLong(3), rows));
            }
        }
        return tables;
    }

    private static List<String> newestOf(Connection connection, String table, long page, int newest)
            throws SQLException {
        Shown shown = SHOWN.get(table);
        if (shown == null) {
            return List.of();
        }
        String question = "SELECT row_to_json(r) FROM (SELECT " + shown.columns() + " FROM " + table
                + " WHERE ctid >= ?::tid ORDER BY " + shown.time() + " DESC LIMIT ?) r";
        try (PreparedStatement statement = connection.prepareStatement(question)) {
            statement.setString(1, "(" + page + ",0)");
            statement.setInt(2, newest);
            return strings(statement);
        }
    }

    private static List<String> strings(PreparedStatement statement) throws SQLException {
        try (ResultSet row = statement.executeQuery()) {
            List<String> found = new ArrayList<>();
            while (row.next()) {
                found.add(row.getString(1));
            }
            return found;
        }
    }
}
