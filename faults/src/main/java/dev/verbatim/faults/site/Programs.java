package dev.verbatim.faults.site;

import java.io.IOException;
import java.util.List;

/** Small programs of the machine, run to their end. */
final class Programs {
    private Programs() {}

    /** Runs a program and returns whether it is there and did what it was asked. */
    static boolean succeeds(List<String> command) {
        try {
            return new ProcessBuilder(command)
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start()
                            .onExit()
                            .join()
                            .exitValue()
                    == 0;
        } catch (IOException e) {
            return false;
        }
    }

    static void run(List<String> command) {
        if (!succeeds(command)) {
            throw new IllegalStateException(String.join(" ", command) + " failed");
        }
    }
}
