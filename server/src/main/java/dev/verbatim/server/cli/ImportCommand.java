package dev.verbatim.server.cli;

import dev.verbatim.InvalidInputException;
import dev.verbatim.server.Main;
import dev.verbatim.server.importing.BarProgress;
import dev.verbatim.server.importing.ConversationSource;
import dev.verbatim.server.importing.Formats;
import dev.verbatim.server.importing.ImportReport;
import dev.verbatim.server.importing.ImportSink;
import dev.verbatim.server.importing.ImportStoppedException;
import dev.verbatim.server.importing.Importer;
import dev.verbatim.server.importing.PlainProgress;
import dev.verbatim.server.importing.Progress;
import dev.verbatim.server.importing.Users;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code ./verbatim import}: brings the conversations of a file. */
@Command(
        name = "import",
        description = {
            "Brings the conversations of a file into the store, through the service at HOST:PORT when one runs there.",
            "What is stored already is not stored again, so the same command may be run until all is there."
        },
        footer = {
            "",
            "Exit status: 0 all is stored, now or before; 2 some entries were skipped, each named; 1 nothing was done."
        },
        mixinStandardHelpOptions = true,
        sortOptions = false)
public final class ImportCommand implements Callable<Integer> {
    @Parameters(
            paramLabel = "FILE",
            description = {
                "Known by its content, unless --format says what it is:",
                " jsonl: a conversation a line, {\"id\",\"title\",\"messages\":[{\"role\",\"content\",...}]}",
                " sessions: what a server held in memory, {\"session id\":[messages]} as JSON, or pickled by Python",
                " chatgpt: conversations.json, or the zip around it",
                " openwebui, librechat: exported chats;  openassistant: message trees"
            })
    @SuppressWarnings("NullAway.Init")
    private Path file;

    @Option(
            names = "--user",
            paramLabel = "NAME",
            description =
                    "Whose conversations they are: the name that Verbatim-User would say. Only sessions may go without:"
                            + " they are brought to the user \"" + Users.UNKNOWN + "\".")
    private @Nullable String user;

    @Option(
            names = "--user-pattern",
            paramLabel = "REGEX",
            description =
                    "In place of --user, for sessions: their users are what this pattern's first group finds in their ids;"
                            + " where it finds nothing, \"" + Users.UNKNOWN + "\".")
    private @Nullable String userPattern;

    @Option(
            names = "--format",
            paramLabel = "F",
            defaultValue = "auto",
            description = "What FILE is: auto, or one of those above; verbatim is jsonl. Default: ${DEFAULT-VALUE}.")
    @SuppressWarnings("NullAway.Init")
    private String format;

    @Spec
    @SuppressWarnings("NullAway.Init")
    private CommandSpec spec;

    @Override
    public Integer call() {
        Users users = users();
        if (!Formats.names().contains(format)) {
            throw misuse("--format must be one of " + String.join(", ", Formats.names()));
        }
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            System.err.println(
                    "import: " + file
                            + " is not a file that can be read; give the path of a file (standard input and pipes are not read)");
            return 1;
        }
        try {
            Formats.Opened opened = Formats.open(file, format);
            try (ConversationSource source = opened.source()) {
                checkUsers(opened);
                return bring(source, users);
            }
        } catch (ImportStoppedException e) {
            System.err.println("import: " + e.getMessage());
        } catch (IOException e) {
            System.err.println("import: " + file + " cannot be read: " + e.getMessage());
        }
        return 1;
    }

    private Users users() {
        if (user != null && userPattern != null) {
            throw misuse("give --user or --user-pattern, not both");
        }
        try {
            return userPattern == null
                    ? Users.named(user == null ? Users.UNKNOWN : user)
                    : Users.found(Pattern.compile(userPattern));
        } catch (InvalidInputException e) {
            throw misuse("--user: " + e.getMessage());
        } catch (PatternSyntaxException e) {
            throw misuse("--user-pattern is no regular expression: " + e.getDescription());
        } catch (IllegalArgumentException e) {
            throw misuse("--user-pattern must have the user's name in a group, as in '^([^:]+):'");
        }
    }

    private void checkUsers(Formats.Opened opened) {
        if (user == null && !opened.areSessions()) {
            throw misuse("the file is " + opened.name() + ", so --user NAME must say whose conversations they are");
        }
    }

    private CommandLine.ParameterException misuse(String message) {
        return new CommandLine.ParameterException(spec.commandLine(), message);
    }

    private int bring(ConversationSource source, Users users) throws IOException {
        try (ImportSink sink = Destination.open(Main.config(spec), users)) {
            return bring(source, sink);
        }
    }

    private int bring(ConversationSource source, ImportSink sink) throws IOException {
        long begun = System.nanoTime();
        ImportReport report;
        try (Progress progress = progress(source.bytes(Files.size(file)))) {
            report = new Importer(sink, progress).run(source);
        }
        System.err.println(summary(report, Duration.ofNanos(System.nanoTime() - begun)));
        if (report.stopped() != null) {
            System.err.println("import: stopped: " + report.stopped() + "; run the same command again to go on");
        }
        return report.exitCode();
    }

    /** The launcher says whether it was started on a terminal: the JVM cannot tell it of standard error. */
    static Progress progress(long bytes) {
        PrintStream err = System.err;
        return Boolean.getBoolean("verbatim.terminal") ? new BarProgress(err, bytes) : new PlainProgress(err, bytes);
    }

    private static String summary(ImportReport report, Duration time) {
        double seconds = Math.max(1, time.toMillis()) / 1000.0;
        return String.format(
                Locale.ROOT,
                "import: %s, %s stored now, %d stored before, %s skipped; %.1f s, %.0f messages/s",
                count(report.conversations(), "conversation", "conversations"),
                count(report.now(), "message", "messages"),
                report.before(),
                count(report.skipped(), "entry", "entries"),
                seconds,
                (report.now() + report.before()) / seconds);
    }

    private static String count(long number, String one, String many) {
        return number + " " + (number == 1 ? one : many);
    }
}
