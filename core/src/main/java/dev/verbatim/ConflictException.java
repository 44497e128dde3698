package dev.verbatim;

/** The message id is already that of another message in the conversation; nothing of the append was stored. */
public final class ConflictException extends HistoryException {
    private static final long serialVersionUID = 1L;

    /** Names the message id that was used twice. */
    public ConflictException(String messageId) {
        super(
                "message id \"" + messageId + "\" is already used with another body; give the new message another id",
                null);
    }
}
