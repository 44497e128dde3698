package dev.verbatim;

/** The conversation, or its owner, was deleted within the last day, and only an explicit create may use its id again. */
public final class ConversationGoneException extends HistoryException {
    private static final long serialVersionUID = 1L;

    /** Names the conversation that was asked for. */
    public ConversationGoneException(String conversationId) {
        super(
                "conversation \"" + conversationId
                        + "\" or its owner was deleted; create it explicitly to use its id again",
                null);
    }
}
