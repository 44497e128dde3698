package dev.verbatim.embedded;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;

/** A {@link StartAndWait} in a session of its own, as a terminal would start it. */
final class OtherJvm implements AutoCloseable {
    private final Process process;
    private final BufferedReader out;

    private OtherJvm(Process process) {
        this.process = process;
        this.out = process.inputReader(StandardCharsets.UTF_8);
    }

    /** Starts it and waits until the servers are ready. */
    static OtherJvm start(Path directory) throws IOException {
        OtherJvm jvm = launch(directory);
        assertThat(jvm.readUntil(StartAndWait.READY)).contains(StartAndWait.READY);
        return jvm;
    }

    static OtherJvm launch(Path directory) throws IOException {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        String classPath = System.getProperty("java.class.path");
        return new OtherJvm(new ProcessBuilder(List.of(
                        Tools.find("setsid").orElseThrow(),
                        // A build that a shell runs in the background hands down that Ctrl-C is to be ignored.
                        "env",
                        "--default-signal=INT",
                        java,
                        "-cp",
                        classPath,
                        StartAndWait.class.getName(),
                        directory.toString()))
                .redirectErrorStream(true)
                .start());
    }

    /** All it says until a line begins so, or until it ends. */
    String readUntil(String beginning) throws IOException {
        StringBuilder text = new StringBuilder();
        String line = "";
        while (line != null && !line.startsWith(beginning)) {
            line = out.readLine();
            text.append(line).append('\n');
        }
        return text.toString();
    }

    long pid() {
        return process.pid();
    }

    void kill() {
        process.destroyForcibly();
        process.onExit().join();
    }

    /** What Ctrl-C in a terminal does. */
    void interruptGroup() throws IOException {
        new ProcessBuilder("/bin/sh", "-c", "kill -INT -" + process.pid())
                .start()
                .onExit()
                .join();
    }

    @Override
    public void close() {
        kill();
    }
}
