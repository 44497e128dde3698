package dev.verbatim.faults.schedule;

import dev.verbatim.faults.Pause;
import dev.verbatim.faults.load.Load;
import dev.verbatim.faults.site.Service;
import dev.verbatim.faults.site.Site;
import java.time.Duration;
import java.util.random.RandomGenerator;

/**
 * What a fault works with.
 *
 * @param random all that is chosen is chosen by this, which follows from the seed
 * @param length how long it lasts
 */
record Scene(Site site, Load load, RandomGenerator random, Duration length) {
    /** One of the services. */
    Service any() {
        return site.services().get(random.nextInt(site.services().size()));
    }

    /** Lets it last. */
    void lasts() {
        Pause.of(length);
    }
}
