package dev.verbatim.faults.schedule;

import dev.verbatim.faults.Pause;
import dev.verbatim.faults.agent.PointInCode;
import dev.verbatim.faults.site.Service;
import dev.verbatim.faults.site.ServiceNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What happens to services. */
final class ServiceFaults {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(5);
    private static final int LATEST = 20;

    private ServiceFaults() {}

    static List<Kind> all() {
        List<Kind> kinds = new ArrayList<>();
        kinds.add(new Kind("kill-service", Kind.Part.SERVICE, ServiceFaults::kill));
        kinds.add(new Kind("pause-service", Kind.Part.SERVICE, ServiceFaults::pause));
        for (PointInCode point : PointInCode.values()) {
            kinds.add(new Kind(
                    "kill-" + point.point(), Kind.Part.SERVICE, scene -> killAt(scene, point.point(), LATEST)));
        }
        kinds.add(new Kind("kill-commit-sent", Kind.Part.SERVICE, scene -> killAt(scene, "commit-sent", LATEST)));
        return kinds;
    }

    private static boolean kill(Scene scene) {
        ServiceNode node = scene.any().node();
        node.kill();
        scene.lasts();
        node.start();
        node.awaitReady();
        return true;
    }

    private static boolean pause(Scene scene) {
        ServiceNode node = scene.any().node();
        node.pause();
        scene.lasts();
        node.resume();
        return true;
    }

    /** Whichever service comes there first; the others are told that it is over. */
    private static boolean killAt(Scene scene, String point, int latest) {
        List<ServiceNode> nodes =
                scene.site().services().stream().map(Service::node).toList();
        int times = scene.random().nextInt(1, latest + 1);
        nodes.forEach(node -> node.arm(point, times));
        Optional<ServiceNode> killed = firstToEnd(nodes);
        nodes.forEach(ServiceNode::disarm);
        for (ServiceNode node : nodes) {
            if (!node.isAlive()) {
                node.start();
                node.awaitReady();
            }
        }
        return killed.isPresent();
    }

    private static Optional<ServiceNode> firstToEnd(List<ServiceNode> nodes) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0) {
            Optional<ServiceNode> ended =
                    nodes.stream().filter(node -> !node.isAlive()).findFirst();
            if (ended.isPresent()) {
                return ended;
            }
            Pause.of(STEP);
        }
        return Optional.empty();
    }
}
