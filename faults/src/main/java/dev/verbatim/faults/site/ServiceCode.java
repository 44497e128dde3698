package dev.verbatim.faults.site;

import dev.verbatim.faults.inside.BreakableService;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;

/** What starts a {@link Program}. */
interface ServiceCode {
    /** The class that users start. */
    String MAIN = "dev.verbatim.server.Main";

    /**
     * The command that starts a service.
     *
     * @param orders the port on which it is told to break
     * @param notes with what the names of the files begin that it notes things in
     */
    List<String> command(int orders, Path notes);

    /**
     * What starts that program.
     *
     * @param directory of the run: what is made is kept beside it, for other runs
     * @param places where its PostgreSQL and Redis are, which is needed to make it
     */
    static ServiceCode of(Program program, Path directory, Map<String, String> places) {
        return switch (program) {
            case Program.Released released -> of(released);
            case Program.Breakable breakable -> BreakableCode.make(directory, breakable, places);
        };
    }

    /** What starts that version. */
    static ServiceCode of(Program.Released released) {
        return (orders, notes) -> java("-cp", released.jar().toString(), MAIN, "serve");
    }

    /** A Java command. */
    static List<String> java(String... arguments) {
        List<String> command = new ArrayList<>();
        command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
        command.addAll(List.of("-Xlog:disable", "--enable-native-access=ALL-UNNAMED"));
        command.addAll(List.of(arguments));
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
        String jar = Program.Released.now().jar().toString();
        return (arguments.contains(MAIN) || arguments.contains(BreakableService.class.getName()))
                && arguments.stream().anyMatch(argument -> argument.endsWith(jar));
    }
}
