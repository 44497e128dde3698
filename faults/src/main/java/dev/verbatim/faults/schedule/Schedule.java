package dev.verbatim.faults.schedule;

import dev.verbatim.faults.site.Program;
import dev.verbatim.faults.site.RedisSetup;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;

/** What is broken, and when: the same for the same seed. */
public final class Schedule {
    /** Faults take this long to settle, so a gap is longer: some calls must be outside of all. */
    private static final int SHORTEST_GAP_MS = 1_900;

    private static final int LONGEST_GAP_MS = 3_000;
    private static final double SHORTEST_MS = 100;
    private static final double LONGEST_MS = 10_000;
    private static final int ONE_IN_SO_MANY_IS_A_PAIR = 6;

    /** Nothing is broken. */
    public static final Schedule NOTHING = new Schedule(List.of());

    private final List<Planned> planned;

    private Schedule(List<Planned> planned) {
        this.planned = List.copyOf(planned);
    }

    /**
     * Every kind of fault, again and again in another order, until there are enough: in the end each came as often as a first
     * one.
     *
     * @param longest how long one lasts at most
     */
    public static Schedule ofAll(long seed, int faults, Duration longest) {
        return of(seed, faults, longest, Kind.all());
    }

    /** Only the kinds of these names. */
    public static Schedule ofNamed(long seed, int faults, Duration longest, List<String> names) {
        return of(
                seed,
                faults,
                longest,
                Kind.all().stream().filter(kind -> names.contains(kind.name())).toList());
    }

    /** Every kind that a group of Redis processes can have, twice, one at a time. */
    public static Schedule ofGroup(long seed, RedisSetup redis, Duration longest) {
        Random random = new Random(seed);
        List<Planned> planned = new ArrayList<>();
        for (int round = 0; round < 2; round++) {
            List<Kind> kinds = new ArrayList<>(GroupFaults.of(redis));
            Collections.shuffle(kinds, random);
            kinds.forEach(kind -> planned.add(plan(List.of(kind), longest, random)));
        }
        return new Schedule(planned);
    }

    /**
     * Two services of the older version become the newer one, one after the other, then the older one again, and so on in the
     * other order: each version comes to a site of the other one.
     */
    public static Schedule ofUpgrades(long seed, Program.Released older, Program.Released newer) {
        Random random = new Random(seed);
        List<Planned> planned = new ArrayList<>();
        for (int first = 0; first < 2; first++) {
            for (int service : List.of(first, 1 - first)) {
                planned.add(plan(List.of(UpgradeFaults.become("upgrade", service, newer)), Duration.ZERO, random));
            }
            for (int service : List.of(first, 1 - first)) {
                planned.add(plan(List.of(UpgradeFaults.become("step-back", service, older)), Duration.ZERO, random));
            }
        }
        return new Schedule(planned);
    }

    /** The same, with so much more time before each fault in which all is whole. */
    public Schedule calmer(Duration more) {
        return new Schedule(planned.stream()
                .map(one -> new Planned(one.gap().plus(more), one.kinds(), one.lengths(), one.seed()))
                .toList());
    }

    /** This, and then that. */
    public Schedule then(Schedule other) {
        return new Schedule(
                Stream.concat(planned.stream(), other.planned.stream()).toList());
    }

    private static Schedule of(long seed, int faults, Duration longest, List<Kind> kinds) {
        Random random = new Random(seed);
        List<Planned> planned = new ArrayList<>();
        int count = 0;
        while (count < faults && !kinds.isEmpty()) {
            List<Kind> round = new ArrayList<>(kinds);
            Collections.shuffle(round, random);
            for (Kind kind : round) {
                List<Kind> together = new ArrayList<>(List.of(kind));
                Kind other = kinds.get(random.nextInt(kinds.size()));
                if (random.nextInt(ONE_IN_SO_MANY_IS_A_PAIR) == 0 && other.part() != kind.part()) {
                    together.add(other);
                }
                count += together.size();
                planned.add(plan(together, longest, random));
            }
        }
        return new Schedule(planned);
    }

    private static Planned plan(List<Kind> together, Duration longest, Random random) {
        Duration gap = Duration.ofMillis(random.nextInt(SHORTEST_GAP_MS, LONGEST_GAP_MS));
        List<Duration> lengths =
                together.stream().map(kind -> length(longest, random)).toList();
        return new Planned(gap, together, lengths, random.nextLong());
    }

    /** As often from 0.1 to 1 s as from 1 to 10 s. */
    private static Duration length(Duration longest, Random random) {
        double millis = SHORTEST_MS * Math.pow(LONGEST_MS / SHORTEST_MS, random.nextDouble());
        return Duration.ofMillis(Math.min(longest.toMillis(), Math.round(millis)));
    }

    /** How many kinds of fault there are. */
    public static int kinds() {
        return Kind.all().size();
    }

    List<Planned> planned() {
        return planned;
    }

    @Override
    public String toString() {
        StringBuilder text = new StringBuilder();
        planned.forEach(one -> text.append(one).append('\n'));
        return text.toString();
    }
}
