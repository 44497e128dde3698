package dev.verbatim.faults.schedule;

import dev.verbatim.faults.site.PostgresNode;
import java.util.ArrayList;
import java.util.List;

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

    private static boolean killPostmaster(Scene scene) {
        scene.site().postgres().kill();
        scene.lasts();
        scene.site().postgres().start();
        return true;
    }

    /** PostgreSQL then ends all others, and recovers. */
    private static boolean killBackend(Scene scene) {
        PostgresNode postgres = scene.site().postgres();
        postgres.kill(anyBackend(scene));
        scene.lasts();
        postgres.ensureUp();
        return true;
    }

    private static long anyBackend(Scene scene) {
        List<Long> backends = scene.site().postgres().backends();
        return backends.get(scene.random().nextInt(backends.size()));
    }

    private static boolean pause(Scene scene, List<Long> pids) {
        PostgresNode postgres = scene.site().postgres();
        postgres.pause(pids);
        scene.lasts();
        postgres.resume(pids);
        return true;
    }

    private static boolean pauseAll(Scene scene) {
        PostgresNode postgres = scene.site().postgres();
        List<Long> pids = new ArrayList<>(postgres.backends());
        pids.add(0, postgres.postmaster());
        return pause(scene, pids);
    }

    private static boolean terminate(Scene scene) {
        scene.site().postgres().terminateBackends();
        return true;
    }

    private static boolean stopAtOnce(Scene scene) {
        scene.site().postgres().stopAtOnce();
        scene.lasts();
        scene.site().postgres().start();
        return true;
    }

    private static boolean fillDisk(Scene scene) {
        if (!scene.site().disk().canBeFilled()) {
            return false;
        }
        scene.site().disk().fill();
        scene.lasts();
        scene.site().disk().free();
        scene.site().postgres().ensureUp();
        return true;
    }
}
