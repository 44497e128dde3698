package dev.verbatim.embedded;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** Starts child processes that outlive a Ctrl-C until we stop them, and sends them signals. */
final class Launch {
    /** The children get no secrets of ours, and nothing that changes what a server does. */
    private static final Set<String> INHERITED = Set.of("PATH", "TMPDIR", "LD_LIBRARY_PATH");

    private Launch() {}

    /** A builder with a clean environment, in which messages are English. */
    static ProcessBuilder builder(List<String> command) {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().keySet().retainAll(INHERITED);
        builder.environment().put("LC_ALL", "C");
        return builder;
    }

    /** Starts a server in a session of its own: a Ctrl-C in the terminal reaches us alone, and we end it in order. */
    static Process server(List<String> command, LogFile log, String stdin) throws IOException {
        List<String> whole = new ArrayList<>();
        Tools.find("setsid").ifPresent(whole::add);
        whole.addAll(command);
        Process process = builder(whole)
                .redirectErrorStream(true)
                .redirectOutput(log.appending())
                .start();
        try (OutputStream in = process.getOutputStream()) {
            in.write(stdin.getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            // It has ended already; whoever waits for it to be ready finds that out.
        }
        return process;
    }

    /** Sends a signal by name, such as INT; where there is no shell to do that, TERM. */
    static void signal(String signal, ProcessHandle process) {
        try {
            Process kill = builder(List.of("/bin/sh", "-c", "kill -" + signal + " " + process.pid()))
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start();
            kill.onExit().join();
        } catch (IOException e) {
            process.destroy();
        }
    }
}
