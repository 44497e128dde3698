package dev.verbatim.postgres;

import java.util.List;

/**
 * How large a table is, and what came into it last.
 *
 * @param name the table's
 * @param rows about how many there are, as PostgreSQL estimates
 * @param bytes of the table with its indexes and what is stored beside it
 * @param newest the newest of the rows in the table's last pages, newest first, each a JSON object with a member a column,
 *     long texts cut; none for tables that only the program needs. Rows may come into the room that others left, so the
 *     newest of all need not be here
 */
public record TableReport(String name, long rows, long bytes, List<String> newest) {
    public TableReport {
        newest = List.copyOf(newest);
    }
}
