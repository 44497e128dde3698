package dev.verbatim.server.importing;

import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.server.json.JsonText;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** Conversations that share their beginning with another and go on differently. */
final class Forks {
    private Forks() {}

    /** How many messages both begin with, by their ids. */
    static int common(List<NewMessage> one, List<NewMessage> other) {
        int most = Math.min(one.size(), other.size());
        int common = 0;
        while (common < most
                && Objects.equals(one.get(common).id(), other.get(common).id())) {
            common++;
        }
        return common;
    }

    /** {@code conversation} as a fork of the one that has its id, from which it differs at message {@code at}. */
    static SourceConversation off(SourceConversation conversation, int at) {
        String first = Objects.requireNonNull(conversation.messages().get(at).id());
        NewConversation head =
                head(conversation.head(), first, conversation.head().title());
        return new SourceConversation(head, conversation.messages(), conversation.again());
    }

    /**
     * The head of a fork. Its id follows from the ids of the conversation and of the first message that is the fork's
     * alone, so that it stays the same when the fork goes on.
     */
    static NewConversation head(NewConversation of, String first, @Nullable String title) {
        String origin = Objects.requireNonNull(of.id());
        return new NewConversation(
                BroughtIds.fitting(origin + ":" + first), title, "{\"forked_from\":" + JsonText.quote(origin) + "}");
    }
}
