package dev.verbatim.postgres;

import dev.verbatim.ConversationKey;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;

/** A conversation's row held by somebody else, until closed. */
final class Held implements AutoCloseable {
    private final Connection connection;

    Held(TestLog test, ConversationKey key) throws SQLException {
        connection = test.connect();
        connection.setAutoCommit(false);
        try (PreparedStatement lock =
                connection.prepareStatement("SELECT 1 FROM conversations WHERE user_id = ? AND id = ? FOR UPDATE")) {
            lock.setObject(1, key.owner());
            lock.setObject(2, key.id());
            lock.executeQuery().close();
        }
    }

    @Override
    public void close() throws SQLException {
        connection.close();
    }
}
