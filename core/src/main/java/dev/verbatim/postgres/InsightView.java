package dev.verbatim.postgres;

import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;

/** Several statements that see the store as it is at one moment. */
final class InsightView {
    private static final String BEGIN = "SET TRANSACTION ISOLATION LEVEL REPEATABLE READ, READ ONLY;"
            + " SET LOCAL statement_timeout = '30s'; SET LOCAL idle_in_transaction_session_timeout = '10s'";

    /** What is asked. */
    interface Question<T> {
        T ask(Connection connection) throws SQLException;
    }

    private InsightView() {}

    static <T> T of(Database database, Question<T> question) {
        Attempts attempts = database.attempts();
        while (true) {
            try (Connection connection = database.connection()) {
                connection.setAutoCommit(false);
                try (Statement statement = connection.createStatement()) {
                    statement.execute(BEGIN);
                }
                T answer = question.ask(connection);
                connection.rollback();
                return answer;
            } catch (SQLException e) {
                if (!attempts.mayRetry(e)) {
                    throw SqlErrors.toHistory(e);
                }
            }
        }
    }
}
