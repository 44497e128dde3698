package dev.verbatim.server;

import dev.verbatim.HistoryException;
import dev.verbatim.InvalidInputException;
import dev.verbatim.embedded.EmbeddedException;
import dev.verbatim.server.http.StartException;
import java.io.IOException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** What a person is told when a command cannot go on: one line that says what is wrong and what to do. */
final class Failures {
    private static final Logger LOG = LoggerFactory.getLogger(Failures.class);

    private Failures() {}

    static String oneLine(Throwable failure) {
        if (failure instanceof InvalidInputException wrong && wrong.param().equals("databaseUrl")) {
            return "DATABASE_URL: " + failure.getMessage();
        }
        if (failure instanceof InvalidInputException wrong && wrong.param().equals("redisUrl")) {
            return "REDIS_URL: " + failure.getMessage();
        }
        if (failure instanceof SettingsException
                || failure instanceof HistoryException
                || failure instanceof EmbeddedException
                || failure instanceof StartException) {
            return String.valueOf(failure.getMessage());
        }
        if (failure instanceof IOException) {
            return "a file cannot be read or written: " + failure.getMessage() + "; see to it and try again";
        }
        LOG.error("unexpected", failure);
        return "failed unexpectedly: " + failure + "; please report this with the lines above";
    }
}
