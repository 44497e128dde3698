package dev.verbatim.server.agent;

/**
 * A word of a question. It stands for the words that begin with it, as in a search.
 *
 * @param text in lower case, letters and digits only
 * @param named whether it looks like a name or a number, which says more than other words
 */
record Word(String text, boolean named) {
    private static final int SHORTEST_PART = 3;

    /** Whether {@code other}, a word of a text, is one that this stands for. */
    boolean means(String other) {
        return text.length() >= SHORTEST_PART ? other.startsWith(text) : other.equals(text);
    }
}
