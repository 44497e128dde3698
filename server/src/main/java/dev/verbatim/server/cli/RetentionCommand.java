package dev.verbatim.server.cli;

import dev.verbatim.HistoryConfig;
import dev.verbatim.Times;
import dev.verbatim.postgres.Expiry;
import dev.verbatim.server.Main;
import dev.verbatim.server.ServerAddresses;
import dev.verbatim.server.ServerConfig;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.concurrent.Callable;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./verbatim retention --dry-run}: what RETENTION_DAYS would delete. */
@Command(
        name = "retention",
        description = {
            "Shows which conversations had no activity for RETENTION_DAYS: how many, whose, and since when. Deletes nothing.",
            "A service that runs with RETENTION_DAYS deletes them by itself, a few at a time, each hour."
        },
        mixinStandardHelpOptions = true)
public final class RetentionCommand implements Callable<Integer> {
    @Option(names = "--dry-run", description = "Must be given: this command shows only.")
    private boolean dryRun;

    @Option(names = "--days", paramLabel = "DAYS", description = "Another number of days than RETENTION_DAYS says.")
    private @Nullable Integer days;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        if (!dryRun) {
            throw wrong("say --dry-run; what is too old is deleted by the service, when it runs with RETENTION_DAYS");
        }
        ServerConfig config = Main.config(spec);
        int age = days == null ? config.retentionDays() : days;
        if (age < 1 || age > HistoryConfig.MOST_RETENTION_DAYS) {
            throw wrong("say --days from 1 to " + HistoryConfig.MOST_RETENTION_DAYS
                    + (days == null ? ", or set RETENTION_DAYS" : ""));
        }
        RetentionReport report = new RetentionReport();
        Instant before = Expiry.preview(
                HistoryConfig.of(ServerAddresses.requireDatabase(config), "redis://unused"), age, report::add);
        PrintWriter out = spec.commandLine().getOut();
        out.println("Without activity for " + age + " days, since " + Times.format(before) + ":");
        report.print(out);
        out.flush();
        return 0;
    }

    private CommandLine.ParameterException wrong(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }
}
