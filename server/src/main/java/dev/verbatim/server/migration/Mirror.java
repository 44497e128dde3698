package dev.verbatim.server.migration;

import dev.verbatim.AppendOptions;
import dev.verbatim.Appended;
import dev.verbatim.Conversation;
import dev.verbatim.ConversationKey;
import dev.verbatim.ConversationUpdate;
import dev.verbatim.Created;
import dev.verbatim.Edited;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.Message;
import dev.verbatim.MessageEdit;
import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Does in memory what was done in PostgreSQL, with the ids and times that were given there; memory numbers messages, makes
 * titles and changes them by itself. Each method says what did not come out the same, or null. The caller sees to it that
 * nobody changes the conversation meanwhile.
 */
final class Mirror {
    private final InMemoryHistoryStore memory;

    Mirror(InMemoryHistoryStore memory) {
        this.memory = memory;
    }

    @Nullable
    String create(Owner owner, NewConversation conversation, Created done) {
        Conversation there = done.conversation();
        Created here = memory.create(
                owner,
                new NewConversation(there.id(), conversation.title(), conversation.metadata(), there.createdAt()));
        return here.created() == done.created()
                ? Compare.heads(there, here.conversation())
                : done.created() ? "only memory had it" : "memory did not have it";
    }

    @Nullable
    String append(Owner owner, String id, boolean moved, Appended done) {
        ConversationKey key = ConversationKey.of(owner, id);
        long last = memory.get(owner, id).map(Conversation::lastSeq).orElse(0L);
        List<Message> added =
                done.messages().stream().filter(m -> m.seq() > last).distinct().toList();
        if (added.isEmpty()) {
            // All of it is a repeat.
            return last >= done.lastSeq() ? null : Compare.lengths(done.lastSeq(), last);
        }
        List<NewMessage> again =
                added.stream().map(m -> NewMessage.again(key, m)).toList();
        AppendOptions options = moved ? AppendOptions.CREATE.moving() : AppendOptions.CREATE;
        Appended here = memory.append(owner, id, again, options);
        return here.lastSeq() == done.lastSeq()
                ? Compare.messages(added, here.messages())
                : Compare.lengths(done.lastSeq(), here.lastSeq());
    }

    @Nullable
    String update(Owner owner, String id, ConversationUpdate update, Conversation done) {
        ConversationUpdate always = new ConversationUpdate(
                update.setsTitle(), update.title(), update.setsMetadata(), update.metadata(), OptionalLong.empty());
        return Compare.heads(done, memory.update(owner, id, always));
    }

    @Nullable
    String delete(Owner owner, String id, boolean done) {
        return memory.delete(owner, id, AppendOptions.EXISTING) == done
                ? null
                : done ? "memory did not have it" : "only memory had it";
    }

    @Nullable
    String edit(Owner owner, String id, String messageId, MessageEdit edit, Optional<Edited> done) {
        MessageEdit always =
                memory.get(owner, id).map(here -> edit.ifGen(here.gen())).orElse(edit);
        Optional<Edited> here = memory.edit(owner, id, messageId, always);
        boolean same = here.map(Edited::message).equals(done.map(Edited::message));
        return same ? null : "a message that was changed differs";
    }

    @Nullable
    String truncate(Owner owner, String id, long afterSeq, Conversation done) {
        return Compare.heads(done, memory.truncate(owner, id, afterSeq, AppendOptions.EXISTING));
    }

    @Nullable
    String fork(Owner owner, String id, Conversation done) {
        memory.put(owner, done, Moving.messages(memory, owner, id, done.lastSeq()));
        return Compare.heads(Optional.of(done), memory.get(owner, done.id()));
    }
}
