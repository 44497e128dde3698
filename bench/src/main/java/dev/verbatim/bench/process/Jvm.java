package dev.verbatim.bench.process;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** How the JVMs of all that is measured are started: all alike. */
public final class Jvm {
    /** The options; the report names them. */
    public static final List<String> OPTIONS = List.of("-Xms768m", "-Xmx768m", "-XX:+UseG1GC");

    private Jvm() {}

    /** A command that runs a class out of the same libraries as this process. */
    public static List<String> command(String mainClass, String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(OPTIONS);
        command.addAll(List.of(
                "-Dlogback.configurationFile=bench-logback.xml",
                "--enable-native-access=ALL-UNNAMED",
                "-cp",
                System.getProperty("java.class.path"),
                mainClass));
        command.addAll(List.of(arguments));
        return command;
    }
}
