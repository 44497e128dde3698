package dev.verbatim.redis;

import dev.verbatim.Commit;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletionStage;

/** {@code apply.lua}: brings a commit to the entry, if there is one. */
final class ApplyScript {
    private static final byte[] NONE = {};

    private final Script script = new Script("apply");
    private final EntryLimits limits;

    ApplyScript(EntryLimits limits) {
        this.limits = limits;
    }

    /**
     * Applies {@code commit}; answers with 2 when its lines are in the entry, 1 when only {@code need} was raised, 0 when
     * there was nothing to do. A commit that does not bring all its lines raises {@code need} alone.
     */
    CompletionStage<Long> run(
            RedisClusterAsyncCommands<byte[], byte[]> redis, byte[] key, byte[] identity, Commit commit) {
        boolean whole = commit.from() >= 1 && Lines.areRun(commit.messages(), commit.from(), commit.to());
        boolean lines = whole && !commit.messages().isEmpty();
        Lines newest = Lines.newest(commit.messages(), commit.to(), limits.window());
        return script.run(
                redis,
                ScriptOutputType.INTEGER,
                key,
                identity,
                Digits.decimal(commit.gen()),
                lines ? Digits.decimal(commit.from() - 1) : NONE,
                Digits.decimal(commit.to()),
                lines ? Digits.decimal(newest.first()) : NONE,
                lines ? newest.bytes() : NONE,
                limits.ttl(),
                limits.windowText(),
                limits.bytes());
    }
}
