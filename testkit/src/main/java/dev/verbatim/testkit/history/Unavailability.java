package dev.verbatim.testkit.history;

import java.time.Duration;

/**
 * The longest time a client waited for a good answer while it kept trying: from asking the first call after its last good
 * answer to the next good answer, or to its last attempt when none came.
 *
 * @param session whose; "-" when there were no calls
 */
public record Unavailability(Duration length, String session) {}
