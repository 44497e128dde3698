package dev.verbatim;

/** The owner has no such conversation (or never had, or it is another's: these look the same). */
public final class ConversationNotFoundException extends HistoryException {
    private static final long serialVersionUID = 1L;

    /** Names the conversation that was asked for. */
    public ConversationNotFoundException(String conversationId) {
        super("no conversation \"" + conversationId + "\"", null);
    }
}
