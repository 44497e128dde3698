package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.HistoryConfig;
import dev.verbatim.testkit.RealServers;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** Only a connection that stays with one server process has statements with names. */
class NamedStatementsTest {
    private final String url = RealServers.newDatabase();

    private static int names(String url) throws SQLException {
        HistoryConfig config = HistoryConfig.of(url, "redis://127.0.0.1:1");
        try (Connection connection = new Connector(DatabaseUrl.parse(url), config).connect();
                PreparedStatement statement = NamedStatements.prepare(connection, "SELECT ?::int")) {
            for (int i = 0; i < 10; i++) {
                statement.setInt(1, i);
                statement.execute();
            }
            try (PreparedStatement count = connection.prepareStatement("SELECT count(*) FROM pg_prepared_statements");
                    ResultSet row = count.executeQuery()) {
                row.next();
                return row.getInt(1);
            }
        }
    }

    @Test
    void aServerOfItsOwnKeepsTheStatement() throws Exception {
        assertThat(names(url)).isEqualTo(1);
    }

    @Test
    void behindAPoolerNothingHasAName() throws Exception {
        try (PoolerLike pooler = new PoolerLike(url)) {
            assertThat(names(pooler.url())).isZero();
        }
    }
}
