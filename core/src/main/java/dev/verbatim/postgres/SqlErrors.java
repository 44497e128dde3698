package dev.verbatim.postgres;

import dev.verbatim.HistoryException;
import dev.verbatim.InvalidInputException;
import dev.verbatim.UnavailableException;
import java.net.SocketTimeoutException;
import java.net.UnknownHostException;
import java.sql.SQLException;
import java.sql.SQLTransientConnectionException;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** What an error of PostgreSQL or its driver means, by its SQLSTATE. */
final class SqlErrors {
    private static final String LOCK_NOT_AVAILABLE = "55P03";
    private static final String QUERY_CANCELED = "57014";
    private static final String DISK_FULL = "53100";
    private static final Set<String> AGAIN = Set.of("40001", "40P01");

    /** The server ended the connection: shut down, crashed, starting, database dropped, idle for too long. */
    private static final Set<String> CUT_OFF = Set.of("57P01", "57P02", "57P03", "57P04", "57P05", "25P03", "25P04");

    /** Not now: a standby or read-only server, and full disks, memory or connection slots. */
    private static final Set<String> NOT_NOW = Set.of("25006", "53", "58");

    private SqlErrors() {}

    /** A deadlock or a serialization error: the same again may well succeed. */
    static boolean isTransient(SQLException e) {
        return AGAIN.contains(state(e));
    }

    /** The connection is no more. Before a commit was sent, nothing was stored. */
    static boolean isConnectionLost(SQLException e) {
        return !(e instanceof SQLTransientConnectionException)
                && (state(e).startsWith("08") || CUT_OFF.contains(state(e)));
    }

    static boolean isLockTimeout(SQLException e) {
        return state(e).equals(LOCK_NOT_AVAILABLE);
    }

    /** PostgreSQL cannot do it at this time, whatever is asked of it. */
    static boolean isUnavailable(SQLException e) {
        return e instanceof SQLTransientConnectionException
                || isConnectionLost(e)
                || isTransient(e)
                || state(e).equals(QUERY_CANCELED)
                || NOT_NOW.contains(state(e))
                || NOT_NOW.contains(state(e).substring(0, Math.min(2, state(e).length())));
    }

    /** The exception to throw for {@code e} when surely nothing was changed. */
    static HistoryException toHistory(SQLException e) {
        return toHistory(e, "the conversation is");
    }

    /** As above, when what another transaction may hold is no conversation: {@code held} says what it is. */
    static HistoryException toHistory(SQLException e, String held) {
        if (isLockTimeout(e)) {
            return new UnavailableException(held + " held by another transaction; try again", e);
        }
        if (state(e).equals(DISK_FULL)) {
            return new UnavailableException(
                    "the disk of PostgreSQL's server is full, nothing was stored; make room there and try again", e);
        }
        if (isUnavailable(e)) {
            return new UnavailableException("PostgreSQL cannot be used just now; try again (" + reason(e) + ")", e);
        }
        if (state(e).startsWith("22")) {
            InvalidInputException refused =
                    new InvalidInputException("messages", "PostgreSQL cannot store this: " + reason(e));
            refused.initCause(e);
            return refused;
        }
        return new HistoryException("PostgreSQL refused it: " + reason(e), e);
    }

    /** What the server or the driver says, and the SQLSTATE. */
    static String reason(SQLException e) {
        return words(e) + (state(e).isEmpty() ? "" : ", SQLSTATE " + state(e));
    }

    /** What the server or the driver says, without the lines that may show data and without the driver's advice. */
    static String words(SQLException e) {
        if (e.getCause() instanceof UnknownHostException unknown) {
            return "host name " + unknown.getMessage() + " is not known";
        }
        if (e.getCause() instanceof SocketTimeoutException) {
            return "no answer in time";
        }
        @Nullable String tls = TlsErrors.explain(e);
        if (tls != null) {
            return tls;
        }
        @Nullable String message = e.getMessage();
        String line = String.valueOf(message).lines().findFirst().orElse("");
        int advice = line.indexOf(" Check that ");
        return advice < 0 ? line : line.substring(0, line.charAt(advice - 1) == '.' ? advice - 1 : advice);
    }

    private static String state(SQLException e) {
        @Nullable String state = e.getSQLState();
        return state == null ? "" : state;
    }
}
