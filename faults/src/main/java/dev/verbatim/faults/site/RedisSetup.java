package dev.verbatim.faults.site;

import dev.verbatim.testkit.redis.RedisCluster;
import dev.verbatim.testkit.redis.RedisGroup;
import dev.verbatim.testkit.redis.RedisSentinels;
import java.nio.file.Path;

/** What services have for a Redis. */
public enum RedisSetup {
    /** One process, behind a proxy for each service. */
    SERVER,
    /** A cluster of three primaries with a replica each. */
    CLUSTER,
    /** A primary with two replicas, and three sentinels. */
    SENTINELS;

    private static final int TIMEOUT_MILLIS = 1_500;

    RedisGroup start(Path executable, Path directory) {
        return switch (this) {
            case CLUSTER -> RedisCluster.start(executable, directory, 3, 1, TIMEOUT_MILLIS);
            case SENTINELS -> RedisSentinels.start(executable, directory, 2, TIMEOUT_MILLIS);
            case SERVER -> throw new IllegalStateException("one server is no group");
        };
    }
}
