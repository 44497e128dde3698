package dev.verbatim.postgres;

import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;

/**
 * A statement that gives rows.
 *
 * @param statement to bind the parameters of
 * @param settings how many rows of settings come first
 */
record Query(PreparedStatement statement, int settings) implements AutoCloseable {
    ResultSet rows() throws SQLException {
        statement.execute();
        for (int i = 0; i < settings; i++) {
            statement.getMoreResults();
        }
        return statement.getResultSet();
    }

    @Override
    public void close() throws SQLException {
        statement.close();
    }
}
