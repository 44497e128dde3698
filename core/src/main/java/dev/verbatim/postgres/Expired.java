package dev.verbatim.postgres;

import dev.verbatim.Change;
import java.util.List;

/**
 * What one step of retention did.
 *
 * @param turn false when another server is taking such a step, and nothing was done
 * @param deleted what caches must learn of
 */
public record Expired(boolean turn, List<Change> deleted) {
    static final Expired NOT_OUR_TURN = new Expired(false, List.of());
    static final Expired NOTHING = new Expired(true, List.of());
}
