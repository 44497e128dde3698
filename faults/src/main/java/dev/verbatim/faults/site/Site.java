package dev.verbatim.faults.site;

import dev.verbatim.embedded.EmbeddedBinaries;
import dev.verbatim.testkit.proxy.FaultProxy;
import dev.verbatim.testkit.redis.RedisGroup;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** All processes of a run. */
public final class Site implements AutoCloseable {
    /** What applications of this run call with. */
    public static final String KEY = "fault-runs-only-0123456789abcdef0123456789";

    private final DataDisk disk;
    private final PostgresNode postgres;
    private final RedisNode redis;
    private final Optional<RedisGroup> group;
    private final List<Service> services = new ArrayList<>();

    private boolean closed;

    private Site(Path directory, EmbeddedBinaries binaries, RedisSetup setup) {
        disk = DataDisk.make(directory.resolveSibling("disk"), binaries);
        postgres = new PostgresNode(binaries, disk, directory.resolve("postgres.log"));
        redis = new RedisNode(binaries.redis(), directory.resolve("redis"), directory.resolve("redis.log"));
        group = setup == RedisSetup.SERVER
                ? Optional.empty()
                : Optional.of(setup.start(binaries.redis(), directory.resolve("group")));
    }

    /**
     * Starts everything.
     *
     * @param directory for logs and data
     * @param binaries where executables are kept from run to run
     * @param services how many services
     * @param program what each of them is
     * @param setup which Redis they have
     */
    public static Site start(
            Path directory, EmbeddedBinaries binaries, int services, Program program, RedisSetup setup) {
        ServiceCode.killLeftBehind();
        Site site = new Site(directory, binaries, setup);
        Runtime.getRuntime().addShutdownHook(new Thread(site::close, "site"));
        for (int i = 0; i < services; i++) {
            site.services.add(site.service("service-" + i, directory, program));
        }
        return site;
    }

    private Service service(String name, Path directory, Program program) {
        FaultProxy toPostgres = new FaultProxy("127.0.0.1", postgres.port());
        FaultProxy toRedis = new FaultProxy("127.0.0.1", redis.port());
        toPostgres.open();
        toRedis.open();
        boolean direct = program instanceof Program.Released;
        Map<String, String> places = Map.of(
                "DATABASE_URL", postgres.url(direct ? postgres.port() : toPostgres.port()),
                "REDIS_URL",
                        group.map(RedisGroup::url).orElseGet(() -> redis.url(direct ? redis.port() : toRedis.port())),
                "VERBATIM_ADMIN_KEY", KEY,
                "VERBATIM_DATA_DIR", directory.resolve(name).toString());
        ServiceCode code = ServiceCode.of(program, directory, places);
        ServiceNode node = new ServiceNode(name, places, code, directory.resolve(name + ".log"));
        FaultProxy clients = new FaultProxy("127.0.0.1", node.port());
        clients.open();
        return new Service(node, clients, toPostgres, toRedis);
    }

    /** The services, which all do the same. */
    public List<Service> services() {
        return services;
    }

    /** Their PostgreSQL. */
    public PostgresNode postgres() {
        return postgres;
    }

    /** Their Redis. */
    public RedisNode redis() {
        return redis;
    }

    /** What they have instead, if it is more than one process. */
    public RedisGroup redisGroup() {
        return group.orElseThrow();
    }

    /** The disk PostgreSQL writes to. */
    public DataDisk disk() {
        return disk;
    }

    /** Makes everything whole and waits until every service says that it is. */
    public void settle() {
        services.forEach(Service::heal);
        postgres.ensureUp();
        services.forEach(service -> service.node().awaitReady());
    }

    /** Whether all of it has ended, or ends now. */
    public synchronized boolean isClosed() {
        return closed;
    }

    @Override
    public synchronized void close() {
        if (closed) {
            return;
        }
        closed = true;
        services.forEach(Service::close);
        redis.close();
        group.ifPresent(RedisGroup::close);
        postgres.close();
        disk.close();
    }
}
