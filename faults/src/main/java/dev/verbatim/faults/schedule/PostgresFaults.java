package dev.verbatim.faults.schedule;

import dev.verbatim.faults.site.PostgresNode;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;

/** What happens to PostgreSQL. */
final class PostgresFaults {
    private PostgresFaults() {}

    static List<Kind> all() {
        return List.of(
                kind("kill-postmaster", PostgresFaults::killPostmaster),
                kind("kill-backend", PostgresFaults::killBackend),
                kind(
                        "pause-postmaster",
                        scene -> pause(scene, List.of(scene.site().postgres().postmaster()))),
                kind("pause-backend", scene -> pause(scene, List.of(anyBackend(scene)))),
                kind("pause-postgres", PostgresFaults::pauseAll),
                kind("terminate-backends", PostgresFaults::terminate),
                kind("stop-postgres-at-once", PostgresFaults::stopAtOnce),
                kind("disk-full", PostgresFaults::fillDisk));
    }

    private static Kind kind(String name, Breakage breakage) {
        return new Kind(name, Kind.Part.POSTGRES, breakage);
    }

    private static OptionalLong killPostmaster(Scene scene) {
        scene.site().postgres().kill();
        scene.lasts();
        scene.site().postgres().start();
        return scene.sinceBegun();
    }

    /** PostgreSQL then ends all others, and recovers. */
    private static OptionalLong killBackend(Scene scene) {
        PostgresNode postgres = scene.site().postgres();
        postgres.kill(anyBackend(scene));
        scene.lasts();
        postgres.ensureUp();
        return scene.sinceBegun();
    }

    private static long anyBackend(Scene scene) {
        List<Long> backends = scene.site().postgres().backends();
        return backends.get(scene.random().nextInt(backends.size()));
    }

    private static OptionalLong pause(Scene scene, List<Long> pids) {
        PostgresNode postgres = scene.site().postgres();
        postgres.pause(pids);
        scene.lasts();
        postgres.resume(pids);
        return scene.sinceBegun();
    }

    private static OptionalLong pauseAll(Scene scene) {
        PostgresNode postgres = scene.site().postgres();
        List<Long> pids = new ArrayList<>(postgres.backends());
        pids.add(0, postgres.postmaster());
        return pause(scene, pids);
    }

    private static OptionalLong terminate(Scene scene) {
        scene.site().postgres().terminateBackends();
        return scene.sinceBegun();
    }

    private static OptionalLong stopAtOnce(Scene scene) {
        scene.site().postgres().stopAtOnce();
        scene.lasts();
        scene.site().postgres().start();
        return scene.sinceBegun();
    }

    private static OptionalLong fillDisk(Scene scene) {
        if (!scene.site().disk().canBeFilled()) {
            return OptionalLong.empty();
        }
        scene.site().disk().fill();
        scene.lasts();
        scene.site().disk().free();
        scene.site().postgres().ensureUp();
        return scene.sinceBegun();
    }
}
