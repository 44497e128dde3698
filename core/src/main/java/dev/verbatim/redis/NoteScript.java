package dev.verbatim.redis;

import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.util.concurrent.CompletionStage;

/** {@code note.lua}: says that there is newer, without having it. */
final class NoteScript {
    private final Script script = new Script("note");

    /** Raises {@code need} to {@code (gen, seq)}; answers with 1 when it was lower. */
    CompletionStage<Long> run(
            RedisClusterAsyncCommands<byte[], byte[]> redis, byte[] key, byte[] identity, long gen, long seq) {
        return script.run(redis, ScriptOutputType.INTEGER, key, identity, Digits.decimal(gen), Digits.decimal(seq));
    }
}
