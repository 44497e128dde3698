package dev.verbatim.faults.schedule;

import dev.verbatim.faults.site.RedisSetup;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.redis.RedisCluster;
import dev.verbatim.testkit.redis.RedisGroup;
import dev.verbatim.testkit.redis.RedisProcess;
import java.util.ArrayList;
import java.util.List;

/** What happens to a cluster, or to a primary with replicas. Each is over when the group is whole again. */
final class GroupFaults {
    private static final int MOVED = 200;

    private GroupFaults() {}

    static List<Kind> of(RedisSetup redis) {
        List<Kind> kinds = new ArrayList<>(List.of(
                kind("kill-primary", GroupFaults::killPrimary),
                kind("pause-primary", GroupFaults::pausePrimary),
                kind("kill-replica", GroupFaults::killReplica),
                kind("fail-over", GroupFaults::failOver),
                kind("fail-over-and-back", GroupFaults::failOverAndBack),
                kind("flush-primary", GroupFaults::flush)));
        if (redis == RedisSetup.CLUSTER) {
            kinds.add(kind("move-slots", GroupFaults::moveSlots));
        }
        return kinds;
    }

    private interface GroupBreakage {
        void happen(Scene scene, RedisGroup group, RedisProcess primary);
    }

    private static Kind kind(String name, GroupBreakage breakage) {
        return new Kind(name, Kind.Part.REDIS, scene -> {
            RedisGroup group = scene.site().redisGroup();
            List<RedisProcess> primaries = group.primaries();
            breakage.happen(scene, group, primaries.get(scene.random().nextInt(primaries.size())));
            Await.until(group::isWhole);
            return scene.sinceBegun();
        });
    }

    /** The newest applies may be lost with it. It comes back empty. */
    private static void killPrimary(Scene scene, RedisGroup group, RedisProcess primary) {
        List<RedisProcess> replicas = group.replicas(primary);
        primary.kill();
        Await.until(() -> replicas.stream().anyMatch(RedisProcess::isPrimary));
        scene.lasts();
        primary.start();
    }

    /** It goes on as a primary, for a while, when another already is. */
    private static void pausePrimary(Scene scene, RedisGroup group, RedisProcess primary) {
        List<RedisProcess> replicas = group.replicas(primary);
        primary.pause();
        Await.until(() -> replicas.stream().anyMatch(RedisProcess::isPrimary));
        scene.lasts();
        primary.resume();
    }

    private static void killReplica(Scene scene, RedisGroup group, RedisProcess primary) {
        RedisProcess replica = group.replicas(primary).getFirst();
        replica.kill();
        scene.lasts();
        replica.start();
    }

    private static void failOver(Scene scene, RedisGroup group, RedisProcess primary) {
        List<RedisProcess> replicas = group.replicas(primary);
        group.failOver(primary);
        Await.until(() -> replicas.stream().anyMatch(RedisProcess::isPrimary));
    }

    /** The same process serves again in the end, with another's data. */
    private static void failOverAndBack(Scene scene, RedisGroup group, RedisProcess primary) {
        failOver(scene, group, primary);
        Await.until(group::isWhole);
        for (RedisProcess other : group.primaries()) {
            if (group.replicas(other).contains(primary)) {
                failOver(scene, group, other);
            }
        }
    }

    private static void flush(Scene scene, RedisGroup group, RedisProcess primary) {
        primary.send("FLUSHALL");
    }

    private static void moveSlots(Scene scene, RedisGroup group, RedisProcess primary) {
        RedisCluster cluster = (RedisCluster) group;
        List<RedisProcess> others = new ArrayList<>(group.primaries());
        others.remove(primary);
        RedisProcess to = others.get(scene.random().nextInt(others.size()));
        List<Integer> slots = cluster.slots(primary);
        int first = scene.random().nextInt(slots.size());
        for (int i = 0; i < Math.min(MOVED, slots.size()); i++) {
            cluster.move(slots.get((first + i) % slots.size()), primary, to);
        }
    }
}
