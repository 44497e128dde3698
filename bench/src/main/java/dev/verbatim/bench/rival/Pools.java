package dev.verbatim.bench.rival;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import org.jspecify.annotations.Nullable;

/** Connections to PostgreSQL for the rivals, set up as the driver's and the pool's documentation advises for speed. */
final class Pools {
    /** Four times as many as Verbatim opens: what waits for the disk can then wait together. */
    static final int CONNECTIONS = 64;

    private Pools() {}

    static HikariDataSource open(String url) {
        HikariConfig config = new HikariConfig();
        config.setJdbcUrl(url);
        config.setMaximumPoolSize(CONNECTIONS);
        config.setMinimumIdle(CONNECTIONS);
        config.addDataSourceProperty("reWriteBatchedInserts", "true");
        config.addDataSourceProperty("prepareThreshold", "1");
        return new HikariDataSource(config);
    }

    /** Makes the tables as the rival's own schema script has them. */
    static void run(HikariDataSource pool, Class<?> beside, String script) {
        try (@Nullable InputStream in = beside.getResourceAsStream(script)) {
            if (in == null) {
                throw new IllegalStateException("no " + script + " beside " + beside.getName());
            }
            run(pool, new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    static void run(HikariDataSource pool, String sql) {
        try (Connection connection = pool.getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }
}
