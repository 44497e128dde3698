package dev.verbatim.bench.part;

import dev.verbatim.bench.Plan;
import dev.verbatim.bench.process.ChildProcess;
import dev.verbatim.bench.process.RedisAdmin;
import dev.verbatim.bench.process.Site;
import dev.verbatim.bench.report.Ratio;
import dev.verbatim.bench.report.Section;
import dev.verbatim.bench.report.Table;
import dev.verbatim.bench.report.Target;
import dev.verbatim.bench.rival.Kind;
import dev.verbatim.bench.rival.Rival;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.stream.Collectors;

/** What Redis has to do and to keep. */
final class RedisPart implements Part {
    private static final int TURNS = 1_000;
    private static final int WINDOWS = 10_000;
    private static final int QUICK_SHARE = 5;
    private static final int MESSAGES = 10;
    private static final int LENGTH = 500;

    /** How many entries' sizes are looked at. */
    private static final int SAMPLES = 100;

    /** The fixed beginning of an entry; all else is the messages' JSON, and a line end each. */
    private static final int HEADER = 158;

    private static final double MEGABYTE = 1e6;

    @Override
    public String name() {
        return "redis";
    }

    @Override
    public Section run(Site site, Plan plan) {
        ChildProcess child = site.of(Kind.VERBATIM);
        RedisAdmin redis = site.redis();
        child.tell("open");
        redis.flush();
        child.tell("fill", "filled", SAMPLES, Rival.WINDOW, 0);
        child.tell("touch", "filled", SAMPLES);
        Ratio filled = memoryToJson(redis);
        // Each turn adds two messages: ten turns put a whole window in the place of the one before.
        child.tell("fill", "applied", SAMPLES, Rival.WINDOW, 0);
        redis.flush();
        child.tell("touch", "applied", SAMPLES);
        for (int i = 0; i < SAMPLES; i++) {
            child.tell("turns", "applied-" + i, Rival.WINDOW / 2);
        }
        Ratio applied = memoryToJson(redis);
        Map<String, Long> commands = commands(child, redis);
        double megabytes = windows(child, redis, plan);
        child.tell("close");
        return section(commands, filled, applied, megabytes);
    }

    /** The memory of entries, by the bytes of the JSON in them. */
    private static Ratio memoryToJson(RedisAdmin redis) {
        List<String> keys = redis.keys("conversation:*");
        if (keys.size() != SAMPLES) {
            throw new IllegalStateException(keys.size() + " entries, not " + SAMPLES);
        }
        return Ratio.of(keys.stream()
                .mapToDouble(key -> (double) redis.memoryUsage(key) / (redis.length(key) - HEADER - Rival.WINDOW))
                .toArray());
    }

    private static Map<String, Long> commands(ChildProcess child, RedisAdmin redis) {
        child.tell("fill", "turns", 1, Rival.WINDOW, 0);
        child.tell("touch", "turns", 1);
        // One read of sixteen is a GETEX.
        return redis.commandsOf(() -> child.tell("turns", "turns-0", TURNS)).stream()
                .map(name -> name.equals("GET") || name.equals("GETEX") ? "GET or GETEX" : name)
                .collect(Collectors.groupingBy(Function.identity(), Collectors.counting()));
    }

    /** What {@value #WINDOWS} windows take; the quick form looks at some. */
    private static double windows(ChildProcess child, RedisAdmin redis, Plan plan) {
        int share = plan.full() ? 1 : QUICK_SHARE;
        redis.flush();
        long before = redis.usedMemory();
        child.tell("fill", "window", WINDOWS / share, MESSAGES, LENGTH);
        child.tell("touch", "window", WINDOWS / share);
        return share * (redis.usedMemory() - before) / MEGABYTE;
    }

    private static Section section(Map<String, Long> commands, Ratio filled, Ratio applied, double megabytes) {
        Table table = new Table("commands that clients sent in " + TURNS + " turns (read, append, append)", "how many");
        commands.forEach(table::row);
        double onTheWay = commands.values().stream()
                        .filter(count -> count >= TURNS / 2)
                        .mapToLong(Long::longValue)
                        .sum()
                / (double) TURNS;
        String text = table
                + "\nWhat comes seldom is not on the way: the change tail's `note`, twice a second for what has changed.\n\n"
                + new Table("", "")
                        .row("memory to JSON, 20 messages, after a fill", filled)
                        .row("memory to JSON, 20 messages, after 20 more messages", applied)
                        .row("Redis memory for 10,000 windows of 10 messages of 500 bytes, MB", megabytes)
                        .row("of it for each window, bytes", megabytes * MEGABYTE / WINDOWS);
        return new Section(
                "Redis",
                text,
                Map.of(),
                List.of(
                        Target.atMost("Redis memory for 20 messages, after a fill: to their JSON", filled, 1.3),
                        Target.atMost("Redis memory for 20 messages, after 20 applies: to their JSON", applied, 1.3),
                        Target.atMost(
                                "Redis memory, 10,000 windows of 10 messages of 500 bytes, MB",
                                Ratio.of(megabytes),
                                80),
                        Target.atMost("Redis commands on the way of a turn", Ratio.of(onTheWay), 3)));
    }
}
