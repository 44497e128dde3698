package dev.verbatim.faults.site;

import java.io.IOException;
import java.io.UncheckedIOException;

/** Sends signals to processes by number. */
final class Signals {
    private Signals() {}

    /** Sends a signal; a process that is gone already is none to care for. */
    static void send(String name, long pid) {
        try {
            new ProcessBuilder("kill", "-" + name, Long.toString(pid))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .onExit()
                    .join();
        } catch (IOException e) {
            throw new UncheckedIOException("cannot send signals", e);
        }
    }
}
