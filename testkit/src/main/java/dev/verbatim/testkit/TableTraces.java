package dev.verbatim.testkit;

import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.UUID;

/** Looks for words in every table of a database, whatever tables there are. Thread-safe. */
public final class TableTraces {
    private static final String TABLES = "SELECT quote_ident(table_name) FROM information_schema.tables"
            + " WHERE table_schema = 'public' AND table_type = 'BASE TABLE' ORDER BY 1";

    /** Those with rows of users. */
    private static final String OF_USERS = "SELECT quote_ident(c.table_name) FROM information_schema.columns c"
            + " JOIN information_schema.tables t USING (table_schema, table_name) WHERE c.table_schema = 'public'"
            + " AND c.column_name = 'user_id' AND t.table_type = 'BASE TABLE' ORDER BY 1";

    /** What a row cannot do without. */
    private static final String NEEDED = "SELECT column_name, data_type FROM information_schema.columns"
            + " WHERE table_schema = 'public' AND quote_ident(table_name) = ? AND (column_name = 'user_id'"
            + " OR is_nullable = 'NO' AND column_default IS NULL) ORDER BY ordinal_position";

    /** Tables whose rows are of a conversation, by their {@code id}. */
    private static final String OF_CONVERSATIONS = "SELECT conrelid FROM pg_constraint WHERE contype = 'f'"
            + " AND confrelid = 'conversations'::regclass AND conrelid::regclass::text = ANY (?)";

    /** Columns that take certain words only. */
    private static final Map<String, String> KNOWN = Map.of("role", "user", "kind", "token");

    private final String url;

    /** Of the database at a {@code jdbc:postgresql:} URL. */
    public TableTraces(String url) {
        this.url = url;
    }

    /** The rows that have one of {@code words} somewhere, as text, by table; tables without any are left out. */
    public Map<String, List<String>> of(Collection<String> words) {
        Map<String, List<String>> found = new TreeMap<>();
        for (String table : column(TABLES)) {
            List<String> rows = column(
                    "SELECT t::text FROM " + table + " t WHERE EXISTS (SELECT FROM unnest(?) AS w"
                            + " WHERE position(w IN t::text) > 0)",
                    words);
            if (!rows.isEmpty()) {
                found.put(table, rows);
            }
        }
        return found;
    }

    /**
     * Puts a row of {@code user} with {@code text} into every table that can have such rows and has none, so that what
     * nothing here writes is looked at too.
     *
     * @throws AssertionError when a table wants rows of a kind that cannot be guessed: the test is to write one
     */
    public void fill(UUID user, UUID conversation, String text) {
        for (String table : column(OF_USERS)) {
            if (column("SELECT 1 FROM " + table + " WHERE user_id = '" + user + "' LIMIT 1")
                    .isEmpty()) {
                insert(table, user, conversation, text);
            }
        }
    }

    private void insert(String table, UUID user, UUID conversation, String text) {
        List<String> names = new ArrayList<>();
        List<String> values = new ArrayList<>();
        boolean ofConversations = !column(OF_CONVERSATIONS, List.of(table)).isEmpty();
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement columns = connection.prepareStatement(NEEDED);
                Statement insert = connection.createStatement()) {
            columns.setString(1, table);
            try (ResultSet row = columns.executeQuery()) {
                while (row.next()) {
                    names.add("\"" + row.getString(1) + "\"");
                    String name = row.getString(1);
                    values.add(
                            ofConversations && name.equals("id")
                                    ? "'" + conversation + "'"
                                    : value(name, row.getString(2), user, conversation, text));
                }
            }
            insert.execute("INSERT INTO " + table + " (" + String.join(", ", names) + ") VALUES ("
                    + String.join(", ", values) + ")");
        } catch (SQLException e) {
            throw new AssertionError("table " + table + " has no row of the user; let the test write one", e);
        }
    }

    private static String value(String name, String type, UUID user, UUID conversation, String text) {
        String known = KNOWN.get(name);
        if (known != null || name.equals("user_id")) {
            return "'" + (known == null ? user : known) + "'";
        }
        return switch (type) {
            case "uuid" -> name.equals("conversation_id") ? "'" + conversation + "'" : "gen_random_uuid()";
            case "text", "character varying" -> "'" + text + "'";
            case "timestamp with time zone" -> "now()";
            case "boolean" -> "true";
            case "bytea" -> "decode(md5('" + text + "'), 'hex')";
            case "json", "jsonb" -> "'\"" + text + "\"'";
            case "tsvector" -> "to_tsvector('simple', '" + text + "')";
            default -> type.startsWith("ARRAY") ? "'{}'" : "1";
        };
    }

    /** The first column of all rows. */
    public List<String> column(String sql) {
        return column(sql, List.of());
    }

    private List<String> column(String sql, Collection<String> words) {
        try (Connection connection = DriverManager.getConnection(url);
                PreparedStatement statement = connection.prepareStatement(sql)) {
            if (!words.isEmpty()) {
                statement.setArray(1, connection.createArrayOf("text", words.toArray()));
            }
            List<String> values = new ArrayList<>();
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    values.add(String.valueOf(rows.getString(1)));
                }
            }
            return values;
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }

    /** Runs one statement. */
    public void sql(String sql) {
        try (Connection connection = DriverManager.getConnection(url);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(sql, e);
        }
    }
}
