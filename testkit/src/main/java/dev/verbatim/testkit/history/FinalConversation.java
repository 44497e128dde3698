package dev.verbatim.testkit.history;

import java.util.List;

/**
 * A conversation as PostgreSQL has it in the end.
 *
 * @param lines all of its messages in the order of their seq
 */
public record FinalConversation(String user, String conversation, long gen, List<Line> lines) {
    public FinalConversation {
        Names.check("user", user);
        Names.check("conversation", conversation);
        lines = List.copyOf(lines);
    }

    Key key() {
        return new Key(user, conversation);
    }
}
