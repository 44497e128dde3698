package dev.verbatim.faults;

import dev.verbatim.testkit.history.FinalConversation;
import dev.verbatim.testkit.history.Line;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.List;

/** What PostgreSQL has in the end, asked in SQL: not by any code of the service. */
final class FinalLog {
    private static final String ALL = """
            SELECT u.name, c.external_id, c.gen, c.last_seq, m.seq,
              '{"id":"' || m.id || '","seq":' || m.seq || ',"created_at":"'
              || to_char(m.created_at AT TIME ZONE 'UTC', 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"')
              || '","role":"' || m.role || '",' || substr(m.body, 2) AS line
            FROM users u JOIN conversations c ON c.user_id = u.id
            LEFT JOIN messages m ON m.user_id = c.user_id AND m.conversation_id = c.id
            WHERE u.name LIKE 'user-%' ORDER BY u.name, c.external_id, m.seq
            """;

    private final List<FinalConversation> conversations = new ArrayList<>();
    private final List<Line> lines = new ArrayList<>();
    private String user = "";
    private String conversation = "";
    private long gen;

    private FinalLog() {}

    static List<FinalConversation> read(Connection connection) throws SQLException {
        connection.setAutoCommit(false);
        FinalLog log = new FinalLog();
        try (Statement statement = connection.createStatement()) {
            statement.setFetchSize(5_000);
            try (ResultSet row = statement.executeQuery(ALL)) {
                while (row.next()) {
                    log.add(row);
                }
            }
        }
        log.end();
        return log.conversations;
    }

    private void add(ResultSet row) throws SQLException {
        if (!row.getString("name").equals(user) || !row.getString("external_id").equals(conversation)) {
            end();
            user = row.getString("name");
            conversation = row.getString("external_id");
            gen = row.getLong("gen");
        }
        String line = row.getString("line");
        if (line != null) {
            lines.add(Line.of(line.getBytes(StandardCharsets.UTF_8)));
        }
    }

    private void end() {
        if (!user.isEmpty()) {
            conversations.add(new FinalConversation(user, conversation, gen, lines));
            lines.clear();
        }
    }
}
