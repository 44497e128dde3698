package dev.verbatim.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A statement that gives rows.
 *
 * @param statement to bind the parameters of
 * @param afterLimits whether the limits' own row comes first, or that of other settings
 */
record Query(PreparedStatement statement, boolean afterLimits) implements AutoCloseable {
    ResultSet rows() throws SQLException {
        statement.execute();
        if (afterLimits) {
            statement.getMoreResults();
        }
        return statement.getResultSet();
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
