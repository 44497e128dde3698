package dev.verbatim.server.upkeep;

import dev.verbatim.postgres.Migrations;
import dev.verbatim.postgres.Migrations.State;
import dev.verbatim.postgres.Upkeep;
import dev.verbatim.server.Main;
import java.io.PrintWriter;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./verbatim schema status}: which migrations the tables have, and what to do about those that they have not. */
@Command(
        name = "status",
        description = "Says which migrations the tables have, and what to do about others.",
        footer = {"", "Exit status: 0 the tables are as this program needs them; 1 they are not."},
        mixinStandardHelpOptions = true)
final class SchemaStatusCommand implements Callable<Integer> {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (OwnDatabase database = OwnDatabase.open(Main.config(spec))) {
            Upkeep upkeep = new Upkeep(database.url());
            List<Migrations.Migration> migrations = upkeep.migrations().all();
            List<String> broken = upkeep.brokenIndexes();
            PrintWriter out = spec.commandLine().getOut();
            for (Migrations.Migration migration : migrations) {
                out.println(migration.version() + "  " + migration.description() + ": " + words(migration.state()));
            }
            for (String index : broken) {
                out.println("the index " + index + " was not built to its end and is not used; DROP INDEX \"" + index
                        + "\", then run what makes it again");
            }
            out.flush();
            return broken.isEmpty() && migrations.stream().allMatch(one -> one.state() == State.DONE) ? 0 : 1;
        }
    }

    private static String words(State state) {
        return switch (state) {
            case DONE -> "done";
            case PENDING -> "not yet done; the next start of a service does it, or ./verbatim schema migrate";
            case FAILED ->
                "broke off half-way, and services do not start; see what of it is there (./verbatim schema print shows"
                        + " it), undo that, then run ./verbatim schema migrate --repair";
            case UNKNOWN -> "done by a newer Verbatim than this one; use that one";
        };
    }
}
