package dev.verbatim.faults.schedule;

import dev.verbatim.faults.site.RedisNode;
import java.util.List;
import java.util.OptionalLong;

/** What happens to Redis. */
final class RedisFaults {
    private static final double LARGEST_LOSS = 0.3;

    private RedisFaults() {}

    static List<Kind> all() {
        return List.of(
                kind("kill-redis", RedisFaults::kill),
                kind("pause-redis", RedisFaults::pause),
                kind("flush-redis", command("FLUSHALL")),
                kind("flush-scripts", command("SCRIPT FLUSH")),
                kind("kill-redis-clients", command("CLIENT KILL TYPE normal")),
                kind("full-redis", RedisFaults::full),
                kind("old-redis", RedisFaults::old),
                kind("redis-lost-its-end", RedisFaults::lostItsEnd));
    }

    private static Kind kind(String name, Breakage breakage) {
        return new Kind(name, Kind.Part.REDIS, breakage);
    }

    private static Breakage command(String command) {
        return scene -> {
            scene.site().redis().send(command);
            return scene.sinceBegun();
        };
    }

    private static OptionalLong kill(Scene scene) {
        scene.site().redis().kill();
        scene.lasts();
        scene.site().redis().startEmpty();
        return scene.sinceBegun();
    }

    private static OptionalLong pause(Scene scene) {
        scene.site().redis().pause();
        scene.lasts();
        scene.site().redis().resume();
        return scene.sinceBegun();
    }

    private static OptionalLong full(Scene scene) {
        RedisNode redis = scene.site().redis();
        redis.send("CONFIG SET maxmemory 2mb");
        scene.lasts();
        redis.send("CONFIG SET maxmemory 256mb");
        return scene.sinceBegun();
    }

    /** One that comes back with what it held when the run began. */
    private static OptionalLong old(Scene scene) {
        scene.site().redis().kill();
        scene.lasts();
        scene.site().redis().startFromDump();
        return scene.sinceBegun();
    }

    private static OptionalLong lostItsEnd(Scene scene) {
        RedisNode redis = scene.site().redis();
        redis.beginLog();
        scene.lasts();
        redis.kill();
        redis.startFromLog(scene.random().nextDouble(LARGEST_LOSS));
        return scene.sinceBegun();
    }
}
