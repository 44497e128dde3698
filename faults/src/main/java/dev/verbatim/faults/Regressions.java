package dev.verbatim.faults;

import dev.verbatim.faults.schedule.Schedule;
import java.time.Duration;
import java.util.List;

/** Schedules under which a run once found something that was mended since: each short run plays them again. */
final class Regressions {
    private record Found(long seed, int faults, String kind) {}

    /** What each found, and {@code .ci/faults only SEED KIND} shows, stands in FAULTS.md. */
    private static final List<Found> ALL = List.of(new Found(6, 2, "kill-service"));

    private Regressions() {}

    /** All of them, one after the other. */
    static Schedule schedule(Duration longest) {
        return ALL.stream()
                .map(found -> Schedule.ofNamed(found.seed(), found.faults(), longest, List.of(found.kind())))
                .reduce(Schedule.NOTHING, Schedule::then);
    }
}
