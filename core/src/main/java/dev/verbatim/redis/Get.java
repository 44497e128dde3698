package dev.verbatim.redis;

import io.lettuce.core.GetExArgs;
import io.lettuce.core.codec.ByteArrayCodec;
import io.lettuce.core.output.ValueOutput;
import io.lettuce.core.protocol.AsyncCommand;
import io.lettuce.core.protocol.Command;
import io.lettuce.core.protocol.CommandArgs;
import io.lettuce.core.protocol.CommandType;
import org.jspecify.annotations.Nullable;

/** {@code GET} of one key, or {@code GETEX}; its answer is null when there is no such key. Nothing is sent yet. */
final class Get extends AsyncCommand<byte[], byte[], byte @Nullable []> {
    private Get(CommandType type, CommandArgs<byte[], byte[]> args) {
        super(new Command<>(type, new ValueOutput<>(ByteArrayCodec.INSTANCE), args));
    }

    /** @param renewal the new time to live; null leaves it */
    static Get of(byte[] key, @Nullable GetExArgs renewal) {
        CommandArgs<byte[], byte[]> args = new CommandArgs<>(ByteArrayCodec.INSTANCE).addKey(key);
        if (renewal == null) {
            return new Get(CommandType.GET, args);
        }
        renewal.build(args);
        return new Get(CommandType.GETEX, args);
    }
}
