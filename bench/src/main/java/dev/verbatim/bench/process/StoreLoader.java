package dev.verbatim.bench.process;

import dev.verbatim.ConversationKey;
import dev.verbatim.Owner;
import dev.verbatim.bench.load.Dialogues;
import dev.verbatim.bench.rival.Said;
import dev.verbatim.bench.rival.VerbatimRival;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import org.postgresql.PGConnection;
import org.postgresql.copy.CopyIn;
import tools.jackson.databind.ObjectMapper;

/**
 * Brings conversations straight into Verbatim's tables, by COPY and without looking at references: for stores that are
 * too large to be written message by message. For one thread.
 */
public final class StoreLoader implements AutoCloseable {
    private static final String USERS = "COPY users (id, namespace, name) FROM STDIN";
    private static final String CONVERSATIONS =
            "COPY conversations (user_id, id, created_at, updated_at, active_minute,"
                    + " last_seq, gen, external_id) FROM STDIN";
    private static final String MESSAGES =
            "COPY messages (user_id, conversation_id, seq, created_at, role, body) FROM STDIN";
    private static final String TIME = "2026-01-01 00:00:00+00";
    private static final ObjectMapper JSON = new ObjectMapper();

    private final Connection connection;
    private final Dialogues dialogues;
    private int conversations;

    /** @param url the store's database, whose tables are there */
    public StoreLoader(String url, Path dialoguesFile) {
        dialogues = Dialogues.read(dialoguesFile);
        try {
            connection = DriverManager.getConnection(url);
            execute("SET session_replication_role = replica");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private void execute(String sql) throws SQLException {
        try (Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private interface Rows {
        void of(int conversation, StringBuilder rows);
    }

    /** Adds conversations until there are {@code wanted}, named {@code store-0} and so on, {@code messages} each. */
    public void grow(int wanted, int messages) {
        try {
            copy(USERS, wanted, StoreLoader::user);
            copy(CONVERSATIONS, wanted, (number, rows) -> conversation(number, messages, rows));
            copy(MESSAGES, wanted, (number, rows) -> messages(number, messages, rows));
            execute("SELECT setval('generations', " + (wanted + 1) + ")");
            execute("VACUUM ANALYZE");
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
        conversations = wanted;
    }

    private void copy(String sql, int wanted, Rows make) throws SQLException {
        CopyIn copy = connection.unwrap(PGConnection.class).getCopyAPI().copyIn(sql);
        StringBuilder rows = new StringBuilder();
        for (int number = conversations; number < wanted; number++) {
            rows.setLength(0);
            make.of(number, rows);
            byte[] bytes = rows.toString().getBytes(StandardCharsets.UTF_8);
            copy.writeToCopy(bytes, 0, bytes.length);
        }
        copy.endCopy();
    }

    /** The user of a conversation, once for all of them. */
    private static void user(int number, StringBuilder rows) {
        String user = VerbatimRival.userOf("store-" + number);
        if (number == 0 || !user.equals(VerbatimRival.userOf("store-" + (number - 1)))) {
            row(rows, Owner.named(user).id(), Owner.DEFAULT_NAMESPACE, user);
        }
    }

    private static void conversation(int number, int messages, StringBuilder rows) {
        String id = "store-" + number;
        ConversationKey key = ConversationKey.of(VerbatimRival.ownerOf(id), id);
        row(rows, key.owner(), key.id(), TIME, TIME, TIME, messages, number + 1, id);
    }

    private void messages(int number, int messages, StringBuilder rows) {
        String id = "store-" + number;
        ConversationKey key = ConversationKey.of(VerbatimRival.ownerOf(id), id);
        for (int seq = 1; seq <= messages; seq++) {
            Said said = dialogues.said(number * messages + seq);
            String body = "{\"content\":" + JSON.writeValueAsString(said.content()) + "}";
            row(rows, key.owner(), key.id(), seq, TIME, said.role(), body.replace("\\", "\\\\"));
        }
    }

    private static void row(StringBuilder rows, Object... cells) {
        for (int i = 0; i < cells.length; i++) {
            rows.append(i == 0 ? "" : "\t").append(cells[i]);
        }
        rows.append('\n');
    }

    @Override
    public void close() {
        try {
            connection.close();
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
