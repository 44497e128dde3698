package dev.verbatim.faults.schedule;

import dev.verbatim.faults.Pause;
import dev.verbatim.faults.agent.PointInCode;
import dev.verbatim.faults.site.Service;
import dev.verbatim.faults.site.ServiceNode;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.Stream;

/** What happens to services. */
final class ServiceFaults {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Duration STEP = Duration.ofMillis(5);
    private static final int LATEST = 20;
    private static final int LONGEST_STALL_MS = 100;

    private ServiceFaults() {}

    static List<Kind> all() {
        List<Kind> kinds = new ArrayList<>();
        kinds.add(new Kind("kill-service", Kind.Part.SERVICE, ServiceFaults::kill));
        kinds.add(new Kind("pause-service", Kind.Part.SERVICE, ServiceFaults::pause));
        points().forEach(point ->
                kinds.add(new Kind("kill-" + point, Kind.Part.SERVICE, scene -> killAt(scene, point))));
        return kinds;
    }

    private static Stream<String> points() {
        return Stream.concat(
                Arrays.stream(PointInCode.values()).map(PointInCode::point), PointInCode.OF_COMMITS.stream());
    }

    private static OptionalLong kill(Scene scene) {
        ServiceNode node = scene.any().node();
        node.kill();
        scene.lasts();
        node.start();
        node.awaitReady();
        return scene.sinceBegun();
    }

    private static OptionalLong pause(Scene scene) {
        ServiceNode node = scene.any().node();
        node.pause();
        scene.lasts();
        node.resume();
        return scene.sinceBegun();
    }

    /** Whichever service comes there first; the others are told that it is over. */
    private static OptionalLong killAt(Scene scene, String point) {
        List<ServiceNode> nodes =
                scene.site().services().stream().map(Service::node).toList();
        int times = scene.again() ? 1 : scene.random().nextInt(1, LATEST + 1);
        Duration stall = scene.random().nextBoolean()
                ? Duration.ZERO
                : Duration.ofMillis(scene.random().nextInt(1, LONGEST_STALL_MS));
        nodes.forEach(node -> node.arm(point, times, stall));
        awaitAny(nodes);
        nodes.forEach(ServiceNode::disarm);
        OptionalLong first = nodes.stream()
                .map(ServiceNode::reached)
                .flatMapToLong(OptionalLong::stream)
                .min();
        nodes.stream().filter(node -> node.reached().isPresent()).forEach(node -> {
            node.awaitEnd();
            node.start();
            node.awaitReady();
        });
        return first;
    }

    private static void awaitAny(List<ServiceNode> nodes) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0
                && nodes.stream().allMatch(node -> node.reached().isEmpty())) {
            Pause.of(STEP);
        }
    }
}
