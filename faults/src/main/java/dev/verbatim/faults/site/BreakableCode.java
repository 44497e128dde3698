package dev.verbatim.faults.site;

import dev.verbatim.faults.inside.BreakableService;
import dev.verbatim.faults.inside.Changes;
import dev.verbatim.testkit.proxy.FaultProxy;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * The released code, and before it what is to be another. A service is started and ended once, so that the JVM keeps its
 * classes as it has loaded them: that makes the many starts of a run much shorter.
 *
 * @param changes the changed classes
 * @param classes what the JVM keeps
 */
record BreakableCode(Path changes, Path classes) implements ServiceCode {
    private static final Path JAR = Program.Released.now().jar();

    static ServiceCode make(Path directory, Program.Breakable program, Map<String, String> places) {
        Path name =
                directory.resolveSibling(program.mutant().orElse("breakable")).toAbsolutePath();
        BreakableCode code = new BreakableCode(
                name.resolveSibling(name.getFileName() + ".jar"), name.resolveSibling(name.getFileName() + ".jsa"));
        if (!code.isNew()) {
            Changes.write(program.mutant(), code.changes);
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

    @Override
    public List<String> command(int orders, Path notes) {
        return command("-XX:SharedArchiveFile=" + classes, orders, notes);
    }

    private List<String> command(String archive, int orders, Path notes) {
        return ServiceCode.java(
                archive,
                "-Xmx256m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                changes + ":" + JAR,
                BreakableService.class.getName(),
                Integer.toString(orders),
                notes.toString(),
                "serve");
    }
}
