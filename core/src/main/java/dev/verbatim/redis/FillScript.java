package dev.verbatim.redis;

import dev.verbatim.Message;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.List;
import java.util.concurrent.CompletionStage;

/** {@code fill.lua}: stores what the holder of the lease read from PostgreSQL. */
final class FillScript {
    private final Script script = new Script("fill");
    private final EntryLimits limits;

    FillScript(EntryLimits limits) {
        this.limits = limits;
    }

    /** Stores the newest of {@code messages}, which end with {@code hi}; answers with 1 when the entry has them now. */
    CompletionStage<Long> run(
            RedisClusterAsyncCommands<byte[], byte[]> redis,
            byte[] key,
            byte[] identity,
            long token,
            long gen,
            long hi,
            List<Message> messages) {
        Lines lines = Lines.newest(messages, hi, limits.window());
        return script.run(
                redis,
                ScriptOutputType.INTEGER,
                key,
                identity,
                Digits.hex(token),
                Digits.decimal(gen),
                Digits.decimal(lines.first()),
                Digits.decimal(hi),
                lines.bytes(),
                limits.ttl(),
                limits.windowText(),
                limits.bytes());
    }
}
