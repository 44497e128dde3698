package dev.verbatim.faults;

import java.nio.file.Path;

/** Runs what it is told to, and ends with status 1 when a promise was broken. */
public final class Main {
    private Main() {}

    /** {@code java -jar faults.jar short|long|mutants [SEED]}. */
    public static void main(String[] args) throws Exception {
        long seed = args.length > 1 ? Long.parseLong(args[1]) : System.currentTimeMillis() % 1_000_000;
        boolean clean = new Run(Path.of("target"), seed).run();
        System.exit(clean ? 0 : 1);
    }
}
