package dev.verbatim;

/**
 * What a {@link Claim} was to change, an earlier try changed already, and nothing was changed now. A caller sees it when what
 * that try made is there no more.
 */
public final class EffectDoneException extends HistoryException {
    private static final long serialVersionUID = 1L;

    /** Says so. */
    public EffectDoneException() {
        super("this request took effect before, and what it made was taken away since; it is not done again", null);
    }
}
