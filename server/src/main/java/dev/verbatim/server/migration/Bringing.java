package dev.verbatim.server.migration;

import dev.verbatim.AppendOptions;
import dev.verbatim.Conversation;
import dev.verbatim.ConversationKey;
import dev.verbatim.ConversationUpdate;
import dev.verbatim.Deletion;
import dev.verbatim.Held;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.Message;
import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a lasting store say what memory said last. What somebody wrote there after memory took it over stays: then both
 * are kept. For many threads, one at a time for a conversation.
 */
final class Bringing {
    private static final Logger LOG = LoggerFactory.getLogger(Bringing.class);
    private static final int MOST_MESSAGES = 1_000;
    private static final int LONGEST_ID = 240;

    private final HybridHistoryStore truth;
    private final InMemoryHistoryStore memory;
    private final Origins origins;

    Bringing(HybridHistoryStore truth, Sessions left) {
        this.truth = truth;
        this.memory = left.store();
        this.origins = left.origins();
    }

    void delete(Deletion deletion) {
        ConversationKey key = ConversationKey.of(deletion.owner(), deletion.conversationId());
        if (truth.get(deletion.owner(), deletion.conversationId())
                .filter(there -> origins.isStill(key, there))
                .isPresent()) {
            truth.delete(deletion.owner(), deletion.conversationId(), AppendOptions.EXISTING);
        }
    }

    void bring(Held held) {
        Owner owner = held.owner();
        Conversation ours = held.conversation();
        Conversation theirs = truth.create(
                        owner, new NewConversation(ours.id(), ours.title(), ours.metadata(), ours.createdAt()))
                .conversation();
        long common = common(owner, ours.id(), theirs.lastSeq());
        if (common == theirs.lastSeq() || origins.isStill(ConversationKey.of(owner, ours.id()), theirs)) {
            if (common < theirs.lastSeq()) {
                truth.truncate(owner, ours.id(), common, AppendOptions.EXISTING);
            }
            append(owner, ours, ours.id(), common);
        } else if (common < ours.lastSeq()) {
            keepBoth(owner, ours);
        }
    }

    /** How many messages are the same, from the first. */
    private long common(Owner owner, String id, long last) {
        long at = 0;
        while (at < last) {
            List<Message> theirs = truth.part(owner, id, at).messages();
            List<Message> ours = memory.part(owner, id, at).messages();
            int most = Math.min(theirs.size(), ours.size());
            for (int i = 0; i < most; i++) {
                if (!theirs.get(i).equals(ours.get(i))) {
                    return at + i;
                }
            }
            if (most == 0) {
                return at;
            }
            at += most;
        }
        return at;
    }

    /** What follows the first {@code from}, under {@code id}; then title, metadata and last activity are those of memory. */
    private void append(Owner owner, Conversation ours, String id, long from) {
        ConversationKey key = ConversationKey.of(owner, id);
        long at = from;
        while (at < ours.lastSeq()) {
            List<NewMessage> next = memory.part(owner, ours.id(), at).messages().stream()
                    .limit(MOST_MESSAGES)
                    .map(message -> NewMessage.again(key, message))
                    .toList();
            truth.append(owner, id, next, AppendOptions.EXISTING);
            at += next.size();
        }
        Conversation now = truth.get(owner, id).orElseThrow();
        if (!Objects.equals(now.title(), ours.title()) || !now.metadata().equals(ours.metadata())) {
            truth.update(owner, id, ConversationUpdate.NONE.title(ours.title()).metadata(ours.metadata()));
        }
        if (now.lastSeq() == ours.lastSeq()) {
            truth.setActive(key, now, ours.updatedAt());
        }
    }

    private void keepBoth(Owner owner, Conversation ours) {
        String id = ours.id();
        String beside = id.length() <= LONGEST_ID
                ? id + ":memory"
                : "memory:" + UUID.nameUUIDFromBytes(id.getBytes(StandardCharsets.UTF_8));
        LOG.warn("conversation \"{}\" went on in PostgreSQL and in memory; memory's is kept as \"{}\"", id, beside);
        truth.create(owner, new NewConversation(beside, ours.title(), ours.metadata(), ours.createdAt()));
        // Those that are there already are of a move that was broken off.
        append(owner, ours, beside, truth.get(owner, beside).orElseThrow().lastSeq());
    }
}
