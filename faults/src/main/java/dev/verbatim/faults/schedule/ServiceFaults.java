package dev.verbatim.faults.schedule;

import dev.verbatim.faults.Pause;
import dev.verbatim.faults.inside.PointInCode;
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
    private static final int STALL_BEFORE_COMMIT_MS = 1_000;
    private static final int LONGEST_STALL_MS = 100;
    private static final String BEFORE_COMMIT = "before-commit";

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
        Duration stall = stall(scene, point);
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

    private static Duration stall(Scene scene, String point) {
        int longest = scene.random().nextBoolean() ? LONGEST_STALL_MS : 1;
        // What was answered or shown before its commit is seen only when the others go on for a while.
        int least = point.equals(BEFORE_COMMIT) ? STALL_BEFORE_COMMIT_MS : 0;
        return Duration.ofMillis(least + scene.random().nextInt(longest));
    }

    private static void awaitAny(List<ServiceNode> nodes) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (System.nanoTime() - deadline < 0
                && nodes.stream().allMatch(node -> node.reached().isEmpty())) {
            Pause.of(STEP);
        }
    }
}
