package dev.verbatim.postgres.backup;

import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.HashSet;
import java.util.Set;

/**
 * Makes the tables that query logs are in, one a month, before their rows come: a backup knows the whole only. For one
 * connection.
 */
final class Months {
    private static final String TABLE = "query_logs";
    private static final String TIME = "created_at";

    /** Tables of older versions are one table. */
    private static final String IN_MONTHS = "SELECT to_regproc('query_logs_month') IS NOT NULL";

    private static final int LENGTH = "2026-01".length();

    private final Connection connection;
    private final Set<String> made = new HashSet<>();

    Months(Connection connection) {
        this.connection = connection;
    }

    /** @param rows as COPY writes them */
    void make(Table table, byte[] rows) throws SQLException {
        if (!table.name().equals(TABLE)) {
            return;
        }
        int column = table.columns().indexOf(TIME);
        for (String month : months(new String(rows, StandardCharsets.UTF_8), column)) {
            if (made.add(month)) {
                make(month);
            }
        }
    }

    private static Set<String> months(String rows, int column) {
        Set<String> months = new HashSet<>();
        rows.lines().forEach(row -> {
            String time = row.split("\t", -1)[column];
            months.add(time.substring(0, Math.min(LENGTH, time.length())));
        });
        return months;
    }

    private void make(String month) throws SQLException {
        if (areInMonths()) {
            try (PreparedStatement statement = connection.prepareStatement("SELECT query_logs_month(?::timestamptz)")) {
                statement.setString(1, month + "-01 00:00:00+00");
                statement.execute();
            }
        }
    }

    private boolean areInMonths() throws SQLException {
        try (Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(IN_MONTHS)) {
            row.next();
            return row.getBoolean(1);
        }
    }
}
