package dev.verbatim.server.doctor;

import dev.verbatim.StoreStatus;
import dev.verbatim.server.Greeting;
import dev.verbatim.server.ServerAddresses;
import dev.verbatim.server.ServerConfig;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Looks at all that a service of some settings needs, with connections of its own. Thread-safe. */
final class Doctor {
    private final ServerConfig config;
    private final Supplier<Optional<StoreStatus>> service;

    /** @param service asked how the service is; empty when none runs */
    Doctor(ServerConfig config, Supplier<Optional<StoreStatus>> service) {
        this.config = config;
        this.service = service;
    }

    /** Takes about a second: hits are counted for so long. A server that does not answer is a finding, not a failure. */
    List<Finding> examine() throws InterruptedException {
        List<Finding> findings = new ArrayList<>(postgres());
        findings.addAll(redis());
        findings.addAll(ServiceChecks.of(Greeting.address(config.host(), config.port()), service.get()));
        findings.addAll(MachineChecks.of(config.dataDirectory()));
        return findings;
    }

    private List<Finding> postgres() {
        Optional<String> url = ServerAddresses.database(config);
        return url.isPresent()
                ? PostgresChecks.of(url.get(), remedy(config.databaseUrl() == null, "PostgreSQL", "DATABASE_URL"))
                : List.of(none("PostgreSQL", "DATABASE_URL"));
    }

    private List<Finding> redis() throws InterruptedException {
        Optional<String> url = ServerAddresses.redis(config);
        return url.isPresent()
                ? RedisChecks.of(url.get(), remedy(config.redisUrl() == null, "Redis", "REDIS_URL"))
                : List.of(none("Redis", "REDIS_URL"));
    }

    private static String remedy(boolean embedded, String server, String setting) {
        return embedded
                ? "Start the service, or start it again: it runs its own " + server + "."
                : "Start " + server + ", let this machine reach it, or name the right one in " + setting + ".";
    }

    private Finding none(String server, String setting) {
        return Finding.of(
                server + " answers",
                false,
                "there is none in " + config.dataDirectory() + " and " + setting + " is not set",
                "The service makes one of its own at its first start.",
                "Run ./verbatim serve; or set VERBATIM_DATA_DIR to the service's data directory, or " + setting + ".");
    }
}
