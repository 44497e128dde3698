package dev.verbatim.faults.site;

import dev.verbatim.embedded.EmbeddedBinaries;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Services on the system's PostgreSQL 15, one or a primary and its standby, and Redis, without proxies between them. */
public final class SystemSite implements AutoCloseable {
    private static final int SERVICES = 2;

    private final List<SystemPostgres> postgres = new ArrayList<>();
    private final List<ServiceNode> services = new ArrayList<>();
    private final RedisNode redis;
    private boolean closed;

    /**
     * Starts everything.
     *
     * @param directory for logs and data
     * @param standby whether there is one
     * @param primary settings of the primary
     */
    public SystemSite(Path directory, EmbeddedBinaries binaries, boolean standby, String... primary) {
        ServiceCode.killLeftBehind();
        redis = new RedisNode(binaries.redis(), directory.resolve("redis"), directory.resolve("redis.log"));
        postgres.add(SystemPostgres.make(binaries, directory.resolve("first")));
        postgres.getFirst().start(primary);
        if (standby) {
            postgres.add(SystemPostgres.standbyOf(postgres.getFirst(), binaries, directory.resolve("second")));
            postgres.getLast().start();
        }
        for (int i = 0; i < SERVICES; i++) {
            String name = "service-" + i;
            Map<String, String> places = Map.of(
                    "DATABASE_URL", SystemPostgres.url(postgres),
                    "REDIS_URL", redis.url(redis.port()),
                    "VERBATIM_ADMIN_KEY", Site.KEY,
                    "VERBATIM_DATA_DIR", directory.resolve(name).toString());
            ServiceCode code = ServiceCode.of(Program.BREAKABLE, directory, places);
            services.add(new ServiceNode(name, places, code, directory.resolve(name + ".log")));
        }
    }

    /** The first host in the services' address. */
    public SystemPostgres first() {
        return postgres.getFirst();
    }

    /** The last one: the standby, when there is one. */
    public SystemPostgres last() {
        return postgres.getLast();
    }

    /** The services, which all do the same. */
    public List<ServiceNode> services() {
        return services;
    }

    /** Waits until every service says that all is well. */
    public void awaitReady() {
        services.forEach(ServiceNode::awaitReady);
    }

    @Override
    public synchronized void close() {
        if (!closed) {
            closed = true;
            services.forEach(ServiceNode::close);
            redis.close();
            postgres.forEach(SystemPostgres::close);
        }
    }
}
