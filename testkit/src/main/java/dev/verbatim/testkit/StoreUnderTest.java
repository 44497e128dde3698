package dev.verbatim.testkit;

import dev.verbatim.AppendOptions;
import dev.verbatim.Appended;
import dev.verbatim.HistoryStore;
import dev.verbatim.Message;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/** What the parts of the contract share: the store, and short words for what tests say often. */
interface StoreUnderTest {
    /** The store that is tested; the same one throughout a test. */
    HistoryStore store();

    /** An owner whom no other test knows. */
    default Owner someone() {
        return Owner.named("user-" + UUID.randomUUID());
    }

    /** Appends, and makes the conversation if need be. */
    default Appended say(Owner owner, String conversation, NewMessage... messages) {
        return store().append(owner, conversation, List.of(messages), AppendOptions.CREATE);
    }

    /** Appends {@code n} messages in one request. */
    default Appended sayMany(Owner owner, String conversation, int n) {
        NewMessage[] messages = IntStream.rangeClosed(1, n)
                .mapToObj(i -> NewMessage.of("user", "message " + i))
                .toArray(NewMessage[]::new);
        return say(owner, conversation, messages);
    }

    /** The whole history as JSON lines; at most 1,000 messages. */
    default List<String> history(Owner owner, String conversation) {
        return lines(
                store().read(owner, conversation, Slice.newest(Slice.MAX_LIMIT)).messages());
    }

    /** Messages as their JSON. */
    default List<String> lines(List<Message> messages) {
        return messages.stream().map(Message::json).toList();
    }

    /** A message with an id of its own. */
    default NewMessage withId(String id, String content) {
        return NewMessage.of("user", content).withId(id);
    }
}
