package dev.verbatim.faults.site;

import java.util.Map;
import java.util.Optional;

/**
 * How services are started.
 *
 * @param environment settings of the service
 * @param mutant in which way they are to be wrong
 * @param asReleased as users start it, for what depends on its speed: nothing between it and its servers, no points to break at, and not
 *     set up to start soon at the price of what comes after
 */
public record ServiceSettings(Map<String, String> environment, Optional<String> mutant, boolean asReleased) {
    public ServiceSettings {
        environment = Map.copyOf(environment);
    }

    /** Services that can be told to fail. */
    public ServiceSettings(Map<String, String> environment, Optional<String> mutant) {
        this(environment, mutant, false);
    }
}
