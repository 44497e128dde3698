package dev.verbatim;

/** The conversation is no longer of the generation that the caller insisted on; nothing was changed. */
public final class GenerationChangedException extends HistoryException {
    private static final long serialVersionUID = 1L;

    /** Says which generation was expected and which is there. */
    public GenerationChangedException(long expected, long actual) {
        super("the history was changed: generation " + actual + " instead of " + expected + "; read it again", null);
    }
}
