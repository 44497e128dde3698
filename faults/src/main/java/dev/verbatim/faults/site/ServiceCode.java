package dev.verbatim.faults.site;

import dev.verbatim.faults.inside.BreakableService;
import dev.verbatim.faults.inside.Changes;
import dev.verbatim.testkit.proxy.FaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** What a service is started from: this harness's own jar, which names all libraries, and before it what is to be another. */
final class ServiceCode {
    private static final Path JAR =
            Path.of(System.getProperty("java.class.path")).toAbsolutePath();
    private static final String RELEASED = "dev.verbatim.server.Main";
    private static final String BREAKABLE = BreakableService.class.getName();

    private final ServiceSettings settings;
    private final Path changes;
    private final Path classes;

    private ServiceCode(Path directory, ServiceSettings settings) {
        this.settings = settings;
        String name = settings.asReleased() ? "released" : settings.mutant().orElse("breakable");
        changes = directory.resolveSibling(name + ".jar").toAbsolutePath();
        classes = directory.resolveSibling(name + ".jsa").toAbsolutePath();
    }

    /**
     * Makes it, unless that was done before.
     *
     * @param directory of the run: what is made is kept beside it, for other runs
     * @param places where PostgreSQL and Redis are: a service is started and ended once, so that the JVM keeps its classes
     *     as it has loaded them; that makes the many starts of a run much shorter
     */
    static ServiceCode make(Path directory, ServiceSettings settings, Map<String, String> places) {
        ServiceCode code = new ServiceCode(directory, settings);
        if (!code.isNew()) {
            if (!settings.asReleased()) {
                Changes.write(settings.mutant(), code.changes);
            }
            code.keepClasses(places, directory.resolve("first.log"));
        }
        return code;
    }

    private boolean isNew() {
        try {
            return Files.exists(classes)
                    && Files.getLastModifiedTime(classes).compareTo(Files.getLastModifiedTime(JAR)) > 0;
        } catch (IOException e) {
            return false;
        }
    }

    private void keepClasses(Map<String, String> places, Path log) {
        int port = FaultProxy.freePort();
        Map<String, String> environment = new HashMap<>(places);
        environment.put("PORT", Integer.toString(port));
        List<String> command = command("-XX:ArchiveClassesAtExit=" + classes, FaultProxy.freePort(), log);
        Child child = Child.start(command, environment, log, "");
        Waiting.until("the first service is ready", () -> !child.isAlive() || Health.isWell(port));
        child.signal("TERM");
        Waiting.until("the first service ends", () -> !child.isAlive());
    }

    /**
     * The command that starts a service.
     *
     * @param orders the port on which it is told to break
     * @param notes with what the names of the files begin that it notes things in
     */
    List<String> command(int orders, Path notes) {
        return command("-XX:SharedArchiveFile=" + classes, orders, notes);
    }

    private List<String> command(String archive, int orders, Path notes) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of(archive, "-Xlog:disable", "--enable-native-access=ALL-UNNAMED"));
        if (settings.asReleased()) {
            command.addAll(List.of("-cp", JAR.toString(), RELEASED));
        } else {
            command.addAll(List.of("-Xmx256m", "-XX:+UseSerialGC", "-XX:TieredStopAtLevel=1"));
            command.addAll(List.of("-cp", changes + ":" + JAR, BREAKABLE, Integer.toString(orders), notes.toString()));
        }
        command.add("serve");
        return command;
    }

    /** Kills services that a run left behind which was killed itself. */
    static void killLeftBehind() {
        ProcessHandle.allProcesses()
                .filter(process ->
                        isService(Arrays.asList(process.info().arguments().orElse(new String[0]))))
                .forEach(ProcessHandle::destroyForcibly);
    }

    private static boolean isService(List<String> arguments) {
        return (arguments.contains(RELEASED) || arguments.contains(BREAKABLE))
                && arguments.stream().anyMatch(argument -> argument.endsWith(JAR.toString()));
    }
}
