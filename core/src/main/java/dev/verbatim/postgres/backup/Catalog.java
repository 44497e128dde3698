package dev.verbatim.postgres.backup;

import dev.verbatim.postgres.Migrations;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Which tables and sequences belong into a backup: those that the migrations make. Others in the same schema are somebody
 * else's.
 */
final class Catalog {
    /** What is made anew out of the rest, or is a note of what changed where the backup was made: empty after a restore. */
    static final Set<String> MADE_ANEW =
            Set.of("change_log", "search_conversations", "search_messages", "search_queue", "search_progress");

    /** How far one cluster's transactions and one Redis have got means nothing elsewhere: a database keeps its own. */
    static final Set<String> ITS_OWN = Set.of("cache_epoch", "cache_nodes", "change_log_drained");

    private static final Pattern MADE = Pattern.compile(
            "(?:CREATE\\s+(?:UNLOGGED\\s+)?(?:TABLE|SEQUENCE)\\s+(?:IF\\s+NOT\\s+EXISTS\\s+)?|RENAME\\s+TO\\s+)(\\w+)",
            Pattern.CASE_INSENSITIVE);

    private static final String SCHEMA = "(SELECT oid FROM pg_namespace WHERE nspname = current_schema())";

    private static final String TABLES = """
            SELECT c.relname, array_agg(a.attname::text ORDER BY a.attnum)
            FROM pg_class c JOIN pg_attribute a
              ON a.attrelid = c.oid AND a.attnum > 0 AND NOT a.attisdropped AND a.attgenerated = ''
            WHERE c.relnamespace = %s AND c.relkind IN ('r', 'p') AND NOT c.relispartition
            GROUP BY c.relname ORDER BY c.relname""".formatted(SCHEMA);

    private static final String REFERENCES = """
            SELECT child.relname, parent.relname
            FROM pg_constraint k JOIN pg_class child ON child.oid = k.conrelid JOIN pg_class parent ON parent.oid = k.confrelid
            WHERE k.contype = 'f' AND child.relnamespace = %s""".formatted(SCHEMA);

    private static final String SEQUENCES = """
            SELECT s.relname, owner.relname
            FROM pg_class s
            LEFT JOIN pg_depend d ON d.classid = 'pg_class'::regclass AND d.objid = s.oid AND d.deptype IN ('a', 'i')
              AND d.refclassid = 'pg_class'::regclass AND d.refobjsubid > 0
            LEFT JOIN pg_class owner ON owner.oid = d.refobjid
            WHERE s.relnamespace = %s AND s.relkind = 'S' ORDER BY s.relname""".formatted(SCHEMA);

    private final Set<String> ours = new HashSet<>();

    Catalog() {
        for (String script : Migrations.texts().values()) {
            Matcher made = MADE.matcher(script);
            while (made.find()) {
                ours.add(made.group(1).toLowerCase(Locale.ROOT));
            }
        }
    }

    /** The tables that are kept, each behind those it refers to. */
    List<Table> tables(Connection connection) throws SQLException {
        List<Table> tables = all(connection);
        tables.removeIf(table -> MADE_ANEW.contains(table.name()) || ITS_OWN.contains(table.name()));
        return inOrder(tables, references(connection));
    }

    /** The tables that are to be empty before a restore. */
    List<Table> emptied(Connection connection) throws SQLException {
        List<Table> tables = all(connection);
        tables.removeIf(table -> ITS_OWN.contains(table.name()));
        return tables;
    }

    private List<Table> all(Connection connection) throws SQLException {
        List<Table> tables = new ArrayList<>();
        try (PreparedStatement select = connection.prepareStatement(TABLES);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                if (ours.contains(row.getString(1))) {
                    tables.add(new Table(
                            row.getString(1), List.of((String[]) row.getArray(2).getArray())));
                }
            }
        }
        return tables;
    }

    private static Map<String, Set<String>> references(Connection connection) throws SQLException {
        Map<String, Set<String>> references = new HashMap<>();
        try (PreparedStatement select = connection.prepareStatement(REFERENCES);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                references
                        .computeIfAbsent(row.getString(1), child -> new HashSet<>())
                        .add(row.getString(2));
            }
        }
        return references;
    }

    private static List<Table> inOrder(List<Table> tables, Map<String, Set<String>> references) {
        List<Table> rest = new ArrayList<>(tables);
        List<Table> ordered = new ArrayList<>();
        while (!rest.isEmpty()) {
            Table next = rest.stream()
                    .filter(table -> rest.stream()
                            .noneMatch(other -> !other.equals(table)
                                    && references
                                            .getOrDefault(table.name(), Set.of())
                                            .contains(other.name())))
                    .findFirst()
                    .orElseThrow(() -> new IllegalStateException("tables refer to each other in a circle: " + rest));
            rest.remove(next);
            ordered.add(next);
        }
        return ordered;
    }

    /** The sequences that are kept: ours, and those of our tables' columns. */
    Set<String> sequences(Connection connection) throws SQLException {
        Set<String> sequences = new TreeSet<>();
        try (PreparedStatement select = connection.prepareStatement(SEQUENCES);
                ResultSet row = select.executeQuery()) {
            while (row.next()) {
                String owner = row.getString(2);
                if (owner == null ? ours.contains(row.getString(1)) : ours.contains(owner)) {
                    sequences.add(row.getString(1));
                }
            }
        }
        return sequences;
    }
}
