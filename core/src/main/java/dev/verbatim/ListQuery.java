package dev.verbatim;

import org.jspecify.annotations.Nullable;

/**
 * Which conversations to list. Immutable.
 *
 * @param limit how many at most, 1 to 1,000
 * @param after a page's {@link Page#next}, or null to begin with the newest
 * @param titleContains only conversations whose title contains this, in any case; null for all
 */
public record ListQuery(
        int limit, @Nullable String after, @Nullable String titleContains) {
    /** The most conversations one page can have. */
    public static final int MAX_LIMIT = 1_000;

    /**
     * Checks the limit.
     *
     * @throws InvalidInputException when the limit is out of range
     */
    public ListQuery {
        if (limit < 1 || limit > MAX_LIMIT) {
            throw new InvalidInputException("limit", "limit must be 1 to " + MAX_LIMIT);
        }
        // As titles are stored.
        titleContains = titleContains == null ? null : Titles.wellFormed(titleContains);
    }

    /** The {@code limit} conversations with the newest activity. */
    public static ListQuery newest(int limit) {
        return new ListQuery(limit, null, null);
    }
}
