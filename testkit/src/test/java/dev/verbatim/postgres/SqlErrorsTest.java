package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.HistoryException;
import dev.verbatim.UnavailableException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import org.junit.jupiter.api.Test;

/** What a caller is told of PostgreSQL's errors. */
class SqlErrorsTest {
    @Test
    void theDriversAdviceIsNotPassedOn() {
        SQLException refused = new SQLException(
                "Connection to db:5432 refused. Check that the hostname and port are correct and that the postmaster is"
                        + " accepting TCP/IP connections.",
                "08001");
        assertThat(SqlErrors.toHistory(refused))
                .isInstanceOf(UnavailableException.class)
                .hasMessageEndingWith("(Connection to db:5432 refused, SQLSTATE 08001)");
    }

    @Test
    void anUnknownHostIsCalledThat() {
        SQLException unknown =
                new SQLException("The connection attempt failed.", "08001", new UnknownHostException("no.such.host"));
        assertThat(SqlErrors.reason(unknown)).isEqualTo("host name no.such.host is not known, SQLSTATE 08001");
    }

    @Test
    void aFullDiskIsCalledThat() {
        HistoryException full = SqlErrors.toHistory(new SQLException("could not extend file \"base/1/2\"", "53100"));
        assertThat(full)
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("disk")
                .hasMessageContaining("full");
    }
}
