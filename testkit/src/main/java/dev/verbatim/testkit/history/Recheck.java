package dev.verbatim.testkit.history;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Arrays;

/** Checks a recorded run again: arguments are its files; prints the report. Exit 0: all promises kept; 1: not, or not read. */
public final class Recheck {
    private Recheck() {}

    /** Checks the files named. */
    public static void main(String[] files) {
        System.exit(run(files, System.out));
    }

    static int run(String[] files, PrintStream out) {
        try {
            Report report = HistoryChecker.check(
                    History.read(Arrays.stream(files).map(Path::of).toList()));
            out.print(report);
            return report.isClean() ? 0 : 1;
        } catch (IOException | IllegalArgumentException | IllegalStateException e) {
            out.println("not checked: " + e.getMessage());
            return 1;
        }
    }
}
