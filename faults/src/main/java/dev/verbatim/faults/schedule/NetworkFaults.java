package dev.verbatim.faults.schedule;

import dev.verbatim.faults.site.Service;
import dev.verbatim.testkit.proxy.FaultProxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.BiConsumer;
import java.util.function.Function;

/** What happens between processes. */
final class NetworkFaults {
    private static final int DRIP_BYTES = 64;
    private static final Duration DRIP_PAUSE = Duration.ofMillis(5);

    private static final Map<String, Function<Service, FaultProxy>> WAYS = Map.of(
            "postgres", Service::toPostgres,
            "redis", Service::toRedis,
            "clients", Service::clients);

    private static final Map<String, BiConsumer<Scene, FaultProxy>> TROUBLES = Map.of(
            "delay", (scene, way) -> way.delay(Duration.ofMillis(scene.random().nextInt(5, 300))),
            "hole", (scene, way) -> way.blackHole(),
            "lost-requests", (scene, way) -> way.holdRequests(),
            "lost-answers", (scene, way) -> way.holdAnswers(),
            "reset", (scene, way) -> way.reset(),
            "drip", (scene, way) -> way.drip(DRIP_BYTES, DRIP_PAUSE));

    private NetworkFaults() {}

    static List<Kind> all() {
        List<Kind> kinds = new ArrayList<>();
        for (String way : WAYS.keySet().stream().sorted().toList()) {
            for (String trouble : TROUBLES.keySet().stream().sorted().toList()) {
                kinds.add(new Kind(trouble + "-" + way, Kind.Part.NETWORK, scene -> happen(scene, way, trouble)));
            }
        }
        return kinds;
    }

    private static OptionalLong happen(Scene scene, String way, String trouble) {
        FaultProxy proxy = WAYS.getOrDefault(way, Service::clients).apply(scene.any());
        TROUBLES.getOrDefault(trouble, (unknown, none) -> {}).accept(scene, proxy);
        scene.lasts();
        proxy.heal();
        return scene.sinceBegun();
    }
}
