package dev.verbatim.faults.schedule;

import dev.verbatim.faults.site.Program;

/** One service ends in order, and another version takes its place. */
final class UpgradeFaults {
    private UpgradeFaults() {}

    /** The service of that number becomes that version. */
    static Kind become(String name, int service, Program.Released version) {
        return new Kind(name, Kind.Part.SERVICE, scene -> {
            scene.site().services().get(service).node().become(version);
            return scene.sinceBegun();
        });
    }
}
