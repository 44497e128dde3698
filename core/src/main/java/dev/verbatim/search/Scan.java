package dev.verbatim.search;

import dev.verbatim.Conversation;
import dev.verbatim.ConversationKey;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.HistoryStore;
import dev.verbatim.ListQuery;
import dev.verbatim.Message;
import dev.verbatim.MessageText;
import dev.verbatim.Owner;
import dev.verbatim.Page;
import dev.verbatim.Window;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Searches without an index: looks at everything an owner has. What an index gives must be the same. */
public final class Scan {
    private Scan() {}

    /** What {@code owner} has in {@code store} that answers {@code query}. */
    public static Found of(HistoryStore store, Owner owner, SearchQuery query) {
        Ranking ranking = new Ranking(query);
        @Nullable String after = null;
        do {
            Page<Conversation> page = store.listAll(owner, after, ListQuery.MAX_LIMIT);
            page.data().forEach(conversation -> look(store, owner, conversation, ranking));
            after = page.next();
        } while (after != null);
        return new Found(ranking.page(), false);
    }

    private static void look(HistoryStore store, Owner owner, Conversation conversation, Ranking ranking) {
        UUID key = ConversationKey.of(owner, conversation.id()).id();
        @Nullable String title = conversation.title();
        if (title != null) {
            ranking.add(new Candidate(key, conversation.id(), title, null, 0, null, title, conversation.createdAt()));
        }
        try {
            long at = 0;
            Window part;
            do {
                part = store.part(owner, conversation.id(), at);
                for (Message message : part.messages()) {
                    at = message.seq();
                    ranking.add(candidate(key, conversation, message));
                }
            } while (part.hasMore() && !part.messages().isEmpty());
        } catch (ConversationNotFoundException e) {
            // Deleted meanwhile, and not to be found.
        }
    }

    private static Candidate candidate(UUID key, Conversation conversation, Message message) {
        return new Candidate(
                key,
                conversation.id(),
                conversation.title(),
                message.id(),
                message.seq(),
                message.role(),
                MessageText.all(message.json()),
                message.createdAt());
    }
}
