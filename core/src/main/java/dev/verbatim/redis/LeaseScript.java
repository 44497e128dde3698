package dev.verbatim.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletionStage;

/** {@code lease.lua}: gives one caller at a time the right to fill an entry. */
final class LeaseScript {
    private final Script script = new Script("lease");
    private final EntryLimits limits;

    LeaseScript(EntryLimits limits) {
        this.limits = limits;
    }

    /** Asks for the lease under {@code token}, for {@code millis}; answers with the header as it is then. */
    CompletionStage<byte[]> run(
            RedisClusterAsyncCommands<byte[], byte[]> redis, byte[] key, byte[] identity, long token, long millis) {
        return script.run(
                redis,
                ScriptOutputType.VALUE,
                key,
                identity,
                Digits.hex(token),
                EntryLimits.ascii(millis),
                EntryLimits.ascii(Math.max(millis, limits.ttlMillis())));
    }
}
