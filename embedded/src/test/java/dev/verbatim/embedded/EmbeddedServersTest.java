package dev.verbatim.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.sql.DriverManager;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EmbeddedServersTest {
    @Test
    void startsBoth(@TempDir Path directory) throws Exception {
        for (int i = 0; i < 3; i++) {
            long began = System.nanoTime();
            try (var servers = EmbeddedServers.start(EmbeddedConfig.of(directory))) {
                System.err.println("started in " + (System.nanoTime() - began) / 1_000_000);
                try (var connection = DriverManager.getConnection(servers.jdbcUrl())) {
                    assertThat(connection.isValid(1)).isTrue();
                }
                began = System.nanoTime();
            }
            System.err.println("stopped in " + (System.nanoTime() - began) / 1_000_000);
        }
    }
}
