package dev.verbatim.testkit.proxy;

import java.time.Duration;

/** What happens to the bytes of one direction. */
public sealed interface Traffic {
    /** They go through. */
    record Passes() implements Traffic {}

    /** They go through later. */
    record IsLate(Duration by) implements Traffic {}

    /** They wait, as on a lossy line, where TCP sends them again until they come through. */
    record IsHeld() implements Traffic {}

    /** They are taken and thrown away. A connection that lost some is reset when all is well again. */
    record IsSwallowed() implements Traffic {}

    /** They go through a few at a time. */
    record Drips(int bytes, Duration pause) implements Traffic {}
}
