package dev.verbatim.server.upkeep;

import dev.verbatim.postgres.Migrations;
import dev.verbatim.postgres.Migrations.State;
import dev.verbatim.postgres.Upkeep;
import dev.verbatim.server.Main;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** {@code ./verbatim schema migrate}: brings the tables up to date. */
@Command(
        name = "migrate",
        description = {
            "Brings the tables up to date, as a service does when it starts; services of the version before may go on"
                    + " meanwhile, and several may do so at once.",
            "A migration that fails is undone by PostgreSQL, and the next try begins with it. Only one that cannot run in a"
                    + " transaction may break off half-way; ./verbatim schema status says so."
        },
        mixinStandardHelpOptions = true)
final class SchemaMigrateCommand implements Callable<Integer> {
    @Option(
            names = "--repair",
            description = "Try those again that broke off half-way. What they did must have been undone by hand.")
    private boolean repair;

    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public Integer call() {
        try (OwnDatabase database = OwnDatabase.open(Main.config(spec))) {
            Migrations migrations = new Upkeep(database.url()).migrations();
            if (repair && migrations.all().stream().anyMatch(migration -> migration.state() == State.FAILED)) {
                migrations.forgetFailed();
            }
            int done = migrations.migrate();
            spec.commandLine()
                    .getOut()
                    .println(
                            done == 0
                                    ? "the tables are up to date"
                                    : done + " migrations done; the tables are up to date");
        }
        return 0;
    }
}
