package dev.verbatim;

import org.slf4j.Logger;

/** Something that is so or is not: one line in the log when it begins, and one when it is over. For one thread. */
final class Mode {
    private final Logger log;
    private final String begins;
    private final String isOver;
    private boolean on;

    /** Off at first; the two texts are what the log says. */
    Mode(Logger log, String begins, String isOver) {
        this.log = log;
        this.begins = begins;
        this.isOver = isOver;
    }

    /** Says whether it is so now. */
    void set(boolean now) {
        if (now && !on) {
            log.warn(begins);
        } else if (!now && on) {
            log.info(isOver);
        }
        on = now;
    }
}
