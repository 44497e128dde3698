package dev.verbatim.testkit.history;

/**
 * Who called, about which conversation, and when. A conversation belongs to its user: the same name with another user is
 * another conversation.
 *
 * @param user whose conversation it is
 * @param session the client, unique in the whole history; it does one call after the other
 * @param conversation the conversation's id as the client brought it
 * @param asked just before the call was sent, in nanoseconds of the common clock
 * @param answered just after the answer was there or the client gave up, in nanoseconds; {@link #NEVER} when the client was
 *     killed meanwhile
 */
public record Call(String user, String session, String conversation, long asked, long answered) {
    /** The time of an answer that never came. */
    public static final long NEVER = Long.MAX_VALUE;

    /**
     * Checks that the call may have happened.
     *
     * @throws IllegalArgumentException when the answer came before the question, or a name could not be recorded
     */
    public Call {
        Names.check("user", user);
        Names.check("session", session);
        Names.check("conversation", conversation);
        if (answered < asked) {
            throw new IllegalArgumentException(
                    "session " + session + " was answered at " + answered + ", before it asked at " + asked);
        }
    }

    Key key() {
        return new Key(user, conversation);
    }
}
