package dev.verbatim.testkit.redis;

import java.util.List;

/** Processes of Redis that stand in for each other. For one thread at a time. */
public interface RedisGroup extends AutoCloseable {
    /** Where they are, as a service is told. */
    String url();

    /** All that hold data, whether they run or not. */
    List<RedisProcess> servers();

    /** Those of them that serve reads and writes now. */
    List<RedisProcess> primaries();

    /** Those that follow {@code primary}. */
    List<RedisProcess> replicas(RedisProcess primary);

    /** Whether each is there and every replica follows a primary. */
    boolean isWhole();

    /** Makes a replica of {@code primary} take its place while both are well, and does not wait for that. */
    void failOver(RedisProcess primary);

    @Override
    void close();
}
