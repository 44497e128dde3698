package dev.verbatim.faults.site;

import java.util.Map;
import java.util.Optional;

/**
 * How services are started.
 *
 * @param environment settings of the service
 * @param mutant in which way they are to be wrong
 */
public record ServiceSettings(Map<String, String> environment, Optional<String> mutant) {
    public ServiceSettings {
        environment = Map.copyOf(environment);
    }
}
