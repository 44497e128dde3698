package dev.verbatim.postgres;

import dev.verbatim.insight.Tally;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A table of roll-ups, which one transaction at a time changes: whoever does holds {@link RollupPass#LOCK}. */
enum RollupTable {
    SHARED("query_rollups", "scope", "text", true),
    OF_USERS("query_user_rollups", "user_id", "uuid", false);

    private static final int ROWS_AT_ONCE = 1_000;

    private final boolean countsUsers;
    private final String read;
    private final String write;

    RollupTable(String table, String whose, String type, boolean countsUsers) {
        this.countsUsers = countsUsers;
        String users = countsUsers ? ", users" : "";
        String keys = "unnest(?::" + type + "[], ?::text[], ?::timestamptz[], ?::text[], ?::text[]";
        this.read =
                "SELECT k.n, r.queries, r.sums, r.response_times, r.conversations" + (countsUsers ? ", r.users" : "")
                        + " FROM " + keys + ") WITH ORDINALITY AS k (whose, period, at, model, recommendation, n)"
                        + " JOIN " + table + " r ON r." + whose + " = k.whose AND r.period = k.period AND r.at = k.at"
                        + " AND r.model = k.model AND r.recommendation = k.recommendation";
        this.write = "INSERT INTO " + table + " (" + whose + ", period, at, model, recommendation, queries, sums,"
                + " response_times, conversations" + users + ") SELECT * FROM " + keys
                + ", ?::bigint[], ?::bytea[], ?::bytea[], ?::bytea[]" + (countsUsers ? ", ?::bytea[]" : "") + ")"
                + " ON CONFLICT (" + whose + ", period, at, model, recommendation) DO UPDATE SET"
                + " queries = excluded.queries, sums = excluded.sums, response_times = excluded.response_times,"
                + " conversations = excluded.conversations" + (countsUsers ? ", users = excluded.users" : "");
    }

    /** Adds to what is there. */
    void add(Connection connection, Map<RollupKey, Tally> more) throws SQLException {
        List<Map.Entry<RollupKey, Tally>> rest = new ArrayList<>(more.entrySet());
        for (int from = 0; from < rest.size(); from += ROWS_AT_ONCE) {
            List<Map.Entry<RollupKey, Tally>> some = rest.subList(from, Math.min(rest.size(), from + ROWS_AT_ONCE));
            addStored(connection, some);
            write(connection, some);
        }
    }

    private void addStored(Connection connection, List<Map.Entry<RollupKey, Tally>> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(read)) {
            bindKeys(connection, statement, rows);
            try (ResultSet row = statement.executeQuery()) {
                while (row.next()) {
                    Tally tally = rows.get(row.getInt("n") - 1).getValue();
                    addTo(tally, row, countsUsers);
                }
            }
        }
    }

    /** Adds a row with all columns. */
    static void addTo(Tally tally, ResultSet row, boolean countsUsers) throws SQLException {
        tally.add(
                row.getLong("queries"),
                row.getBytes("sums"),
                row.getBytes("response_times"),
                countsUsers ? row.getBytes("users") : null,
                row.getBytes("conversations"));
    }

    private void write(Connection connection, List<Map.Entry<RollupKey, Tally>> rows) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(write)) {
            bindKeys(connection, statement, rows);
            array(
                    connection,
                    statement,
                    6,
                    ArrayType.INT8,
                    rows,
                    row -> row.getValue().queries());
            bytes(connection, statement, 7, rows, Tally::sums);
            bytes(connection, statement, 8, rows, tally -> tally.responseTimes().bytes());
            bytes(connection, statement, 9, rows, tally -> tally.conversations().bytes());
            if (countsUsers) {
                bytes(connection, statement, 10, rows, tally -> tally.users().bytes());
            }
            statement.executeUpdate();
        }
    }

    private static void bindKeys(
            Connection connection, PreparedStatement statement, List<Map.Entry<RollupKey, Tally>> rows)
            throws SQLException {
        array(
                connection,
                statement,
                1,
                ArrayType.TEXT,
                rows,
                row -> row.getKey().whose());
        array(
                connection,
                statement,
                2,
                ArrayType.TEXT,
                rows,
                row -> row.getKey().period().text());
        array(
                connection,
                statement,
                3,
                ArrayType.TIMESTAMPTZ,
                rows,
                row -> row.getKey().at());
        array(
                connection,
                statement,
                4,
                ArrayType.TEXT,
                rows,
                row -> row.getKey().model());
        array(
                connection,
                statement,
                5,
                ArrayType.TEXT,
                rows,
                row -> row.getKey().recommendation());
    }

    private static void array(
            Connection connection,
            PreparedStatement statement,
            int at,
            ArrayType type,
            List<Map.Entry<RollupKey, Tally>> rows,
            Function<Map.Entry<RollupKey, Tally>, ? extends @Nullable Object> value)
            throws SQLException {
        statement.setArray(at, Columns.array(connection, type, rows, value));
    }

    private static void bytes(
            Connection connection,
            PreparedStatement statement,
            int at,
            List<Map.Entry<RollupKey, Tally>> rows,
            Function<Tally, byte[]> value)
            throws SQLException {
        array(connection, statement, at, ArrayType.BYTEA, rows, row -> value.apply(row.getValue()));
    }
}
