package dev.verbatim.faults.site;

import java.util.List;
import java.util.Map;

/**
 * How services are started.
 *
 * @param environment settings of the service
 * @param javaOptions options of its JVM
 */
public record ServiceSettings(Map<String, String> environment, List<String> javaOptions) {
    public ServiceSettings {
        environment = Map.copyOf(environment);
        javaOptions = List.copyOf(javaOptions);
    }
}
