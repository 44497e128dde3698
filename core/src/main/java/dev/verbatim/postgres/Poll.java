package dev.verbatim.postgres;

import dev.verbatim.Change;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What one look at the change log found, all in one statement.
 *
 * @param epoch the cache's epoch
 * @param database which database this is: its system identifier and timeline
 * @param founded the one the epoch was made for; null before there was one
 * @param seen what this look saw; the next one begins there
 * @param drained everything this sees is known to Redis
 * @param changes what was not seen before, in any order
 * @param overflow whether there is more than is worth bringing one by one
 */
public record Poll(
        long epoch,
        String database,
        @Nullable String founded,
        Snapshot seen,
        Snapshot drained,
        List<Change> changes,
        boolean overflow) {

    public Poll {
        changes = List.copyOf(changes);
    }

    /** Whether the epoch was made for this database. */
    public boolean isOfEpoch() {
        return database.equals(founded);
    }
}
