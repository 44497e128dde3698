package dev.verbatim.faults.site;

import java.nio.file.Path;
import java.util.Optional;

/** What runs as a service. */
public sealed interface Program {
    /** One that can be told to break, behind proxies. It is set up to start soon, at the price of its speed. */
    Program BREAKABLE = new Breakable(Optional.empty());

    /**
     * One that can be told to break.
     *
     * @param mutant in which way it is wrong
     */
    record Breakable(Optional<String> mutant) implements Program {}

    /**
     * As users start it, with nothing between it and its servers.
     *
     * @param jar of this version or another one; names its libraries
     */
    record Released(Path jar) implements Program {
        /** This version. */
        public static Released now() {
            return new Released(Path.of(System.getProperty("java.class.path")).toAbsolutePath());
        }
    }
}
