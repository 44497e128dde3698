package dev.verbatim.search;

import dev.verbatim.InvalidInputException;
import org.jspecify.annotations.Nullable;

/**
 * A page of what is to be found. Immutable.
 *
 * @param words what to look for
 * @param limit how many at most, 1 to 1,000
 * @param after the {@code next} of the page before, or null to begin with the best
 */
public record SearchQuery(
        WordQuery words, int limit, @Nullable String after) {
    private static final int LONGEST = 1_000;

    /**
     * Checks a query.
     *
     * @param text 1 to 1,000 characters, written as {@link WordQuery} says
     * @throws InvalidInputException when one of them is not allowed
     */
    public static SearchQuery of(String text, int limit, @Nullable String after) {
        if (text.isEmpty() || text.codePointCount(0, text.length()) > LONGEST) {
            throw new InvalidInputException("q", "q must have 1 to " + LONGEST + " characters");
        }
        if (limit < 1 || limit > LONGEST) {
            throw new InvalidInputException("limit", "limit must be 1 to " + LONGEST);
        }
        if (after != null) {
            Rank.decode(after);
        }
        return new SearchQuery(WordQuery.parse(text), limit, after);
    }
}
