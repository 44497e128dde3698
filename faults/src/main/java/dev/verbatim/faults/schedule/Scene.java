package dev.verbatim.faults.schedule;

import dev.verbatim.faults.Pause;
import dev.verbatim.faults.load.Load;
import dev.verbatim.faults.site.Service;
import dev.verbatim.faults.site.Site;
import java.time.Duration;
import java.util.OptionalLong;
import java.util.random.RandomGenerator;

/**
 * What a fault works with.
 *
 * @param random all that is chosen is chosen by this, which follows from the seed
 * @param length how long it lasts
 * @param begun when this begins, by {@link System#nanoTime}
 * @param again whether this kind did not come about a moment ago: then it is to be made as likely as can be
 */
record Scene(Site site, Load load, RandomGenerator random, Duration length, long begun, boolean again) {
    /** One of the services. */
    Service any() {
        return site.services().get(random.nextInt(site.services().size()));
    }

    /** That it was broken since this began. */
    OptionalLong sinceBegun() {
        return OptionalLong.of(begun);
    }

    /** Lets it last. */
    void lasts() {
        Pause.of(length);
    }
}
