package dev.verbatim.faults.schedule;

import java.util.List;
import java.util.stream.Stream;

/**
 * A kind of fault.
 *
 * @param part what it breaks; two faults at once break two parts
 */
record Kind(String name, Part part, Breakage breakage) {
    /** What can be broken. */
    enum Part {
        SERVICE,
        NETWORK,
        REDIS,
        POSTGRES,
        CLIENTS
    }

    /** Every kind there is. */
    static List<Kind> all() {
        return Stream.of(ServiceFaults.all(), NetworkFaults.all(), RedisFaults.all(), PostgresFaults.all(), clients())
                .flatMap(List::stream)
                .toList();
    }

    private static List<Kind> clients() {
        return List.of(new Kind("hasty-clients", Part.CLIENTS, scene -> {
            scene.load().hasty(true);
            scene.lasts();
            scene.load().hasty(false);
            return scene.sinceBegun();
        }));
    }
}
