package dev.verbatim.redis;

import io.lettuce.core.RedisNoScriptException;
import io.lettuce.core.ScriptOutputType;
import io.lettuce.core.cluster.api.async.RedisClusterAsyncCommands;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;
import java.util.concurrent.CompletionStage;

/** A Lua script: sent by its digest, and whole to a Redis that does not have it (yet, or any more). */
final class Script {
    private static final String SHARED = text("entry");

    private final byte[] source;
    private final String digest;

    /** The script in {@code lua/name.lua}. */
    Script(String name) {
        source = (SHARED + text(name)).getBytes(StandardCharsets.US_ASCII);
        digest = sha1(source);
    }

    /** Runs it on one entry; it is on its way when this returns. */
    <T> CompletionStage<T> run(
            RedisClusterAsyncCommands<byte[], byte[]> redis, ScriptOutputType type, byte[] key, byte[]... arguments) {
        byte[][] keys = {key};
        CompletionStage<T> sent = redis.evalsha(digest, type, keys, arguments);
        return sent.exceptionallyCompose(failure -> {
            if (isMissing(failure)) {
                return redis.<T>eval(source, type, keys, arguments);
            }
            return CompletableFuture.failedStage(failure);
        });
    }

    private static boolean isMissing(Throwable failure) {
        Throwable cause = failure instanceof CompletionException ? failure.getCause() : failure;
        return cause instanceof RedisNoScriptException;
    }

    private static String text(String name) {
        String path = "/lua/" + name + ".lua";
        try (InputStream in = Script.class.getResourceAsStream(path)) {
            if (in == null) {
                throw new IllegalStateException(path + " is missing from the jar");
            }
            return new String(in.readAllBytes(), StandardCharsets.US_ASCII);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static String sha1(byte[] source) {
        try {
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-1").digest(source));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-1", e);
        }
    }
}
