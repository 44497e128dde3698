package dev.verbatim.testkit.history;

/**
 * One thing that is wrong with a history.
 *
 * @param kind which promise it breaks
 * @param text one line that names the calls and when they were, in seconds from the history's first call
 */
public record Violation(Broken kind, String text) {
    @Override
    public String toString() {
        return kind + ": " + text;
    }
}
