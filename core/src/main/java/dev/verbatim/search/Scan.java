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
import java.util.HashMap;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Searches without an index: looks at everything an owner has. What an index gives must be the same. */
public final class Scan {
    private Scan() {}

    /** What {@code owner} has in {@code store} that answers {@code query}. */
    public static Found of(HistoryStore store, Owner owner, SearchQuery query) {
        Ranking ranking = new Ranking(query);
        Map<UUID, Head> heads = new HashMap<>();
        @Nullable String after = null;
        do {
            Page<Conversation> page = store.listAll(owner, after, ListQuery.MAX_LIMIT);
            for (Conversation conversation : page.data()) {
                UUID key = ConversationKey.of(owner, conversation.id()).id();
                heads.put(key, new Head(conversation.id(), conversation.title()));
                look(store, owner, key, conversation, ranking);
            }
            after = page.next();
        } while (after != null);
        return new Found(ranking.page(shown -> heads), false);
    }

    private static void look(HistoryStore store, Owner owner, UUID key, Conversation conversation, Ranking ranking) {
        @Nullable String title = conversation.title();
        if (title != null) {
            ranking.add(new Candidate(key, null, 0, null, title, conversation.createdAt()));
        }
        try {
            long at = 0;
            Window part;
            do {
                part = store.part(owner, conversation.id(), at);
                for (Message message : part.messages()) {
                    at = message.seq();
                    ranking.add(candidate(key, message));
                }
            } while (part.hasMore() && !part.messages().isEmpty());
        } catch (ConversationNotFoundException e) {
            // Deleted meanwhile, and not to be found.
        }
    }

    private static Candidate candidate(UUID key, Message message) {
        return new Candidate(
                key, message.id(), message.seq(), message.role(), MessageText.all(message.json()), message.createdAt());
    }
}
