package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Map;

/** Runs commands in this process, as {@code ./verbatim} does in its own. */
final class Cli {
    /** How a command ended, and what it printed, whichever way. */
    record Ended(int status, String text) {}

    private Cli() {}

    /** With these settings alone. */
    static Ended execute(Map<String, String> settings, String... arguments) {
        StringWriter text = new StringWriter();
        int status = Main.commandLine(() -> ServerConfig.of(Settings.of(settings)))
                .setOut(new PrintWriter(text, true))
                .setErr(new PrintWriter(text, true))
                .execute(arguments);
        return new Ended(status, text.toString());
    }

    /** One that is to end with {@code status}; gives what it printed. */
    static String run(int status, Map<String, String> settings, String... arguments) {
        Ended ended = execute(settings, arguments);
        assertThat(ended.status()).as(ended.text()).isEqualTo(status);
        return ended.text();
    }
}
