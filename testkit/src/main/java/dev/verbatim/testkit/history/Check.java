package dev.verbatim.testkit.history;

import java.time.Duration;
import java.util.List;
import java.util.Map;

/** One check of one history. */
final class Check {
    private Check() {}

    static Report of(History history, Limits limits) {
        Staleness none = new Staleness(0, Duration.ZERO, Duration.ZERO, Duration.ZERO, Duration.ZERO, Map.of());
        return new Report(
                Map.of(), List.of(), none, none, none, Map.of(), new Unavailability(Duration.ZERO, "-"), 0, 0);
    }
}
