package dev.verbatim;

/** What a {@link Claim} was to change, an earlier try changed already; nothing was changed now. */
public final class EffectDoneException extends HistoryException {
    private static final long serialVersionUID = 1L;

    /** Says so. */
    public EffectDoneException() {
        super("this request took effect before; nothing was changed again", null);
    }
}
