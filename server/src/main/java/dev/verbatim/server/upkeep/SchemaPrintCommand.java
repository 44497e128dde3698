package dev.verbatim.server.upkeep;

import dev.verbatim.postgres.Migrations;
import java.io.PrintWriter;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** {@code ./verbatim schema print}: the SQL that makes the tables. */
@Command(
        name = "print",
        description = "Prints the SQL that makes the tables, migration by migration. Asks no server.",
        mixinStandardHelpOptions = true)
final class SchemaPrintCommand implements Runnable {
    @Spec
    @SuppressWarnings("NullAway.Init") // picocli sets it
    private CommandSpec spec;

    @Override
    public void run() {
        PrintWriter out = spec.commandLine().getOut();
        Migrations.texts().forEach((script, text) -> out.println("-- " + script + "\n\n" + text));
        out.flush();
    }
}
