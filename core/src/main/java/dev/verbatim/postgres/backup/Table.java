package dev.verbatim.postgres.backup;

import java.util.List;
import java.util.stream.Collectors;

/**
 * A table whose rows are kept.
 *
 * @param columns those that can be written: not what PostgreSQL computes
 */
record Table(String name, List<String> columns) {
    Table {
        columns = List.copyOf(columns);
    }

    /** Its name as SQL takes it. */
    String quoted() {
        return quote(name);
    }

    String columnList() {
        return columns.stream().map(Table::quote).collect(Collectors.joining(", "));
    }

    static String quote(String name) {
        return "\"" + name.replace("\"", "\"\"") + "\"";
    }
}
