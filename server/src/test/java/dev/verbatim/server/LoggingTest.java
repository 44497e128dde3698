package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

class LoggingTest {
    @Test
    void thePoolDoesNotPrintAStackTraceForEachConnectionThatPostgresEnded() {
        for (String logger : new String[] {"ProxyConnection", "PoolBase", "HikariPool"}) {
            assertThat(LoggerFactory.getLogger("com.zaxxer.hikari.pool." + logger)
                            .isWarnEnabled())
                    .isFalse();
        }
        assertThat(LoggerFactory.getLogger("dev.verbatim.postgres.Connector").isWarnEnabled())
                .isTrue();
    }
}
