package dev.verbatim;

import dev.verbatim.insight.Insights;
import dev.verbatim.search.Found;
import dev.verbatim.search.Scan;
import dev.verbatim.search.SearchQuery;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * Keeps conversations: every message, in order, for ever. A message that was acknowledged by a return from
 * {@link #append} is never lost, and a read begun after that sees it.
 *
 * <p>All methods may be called from any thread, block until they are done, and are made for virtual threads. They throw
 * {@link InvalidInputException} for input that is not allowed, {@link UnavailableException} when the store cannot be
 * reached and nothing was changed, {@link OverloadedException} when too much is asked of it at once, and
 * {@link OutcomeUnknownException} when it could not be found out whether a change
 * took place.
 */
public interface HistoryStore extends AutoCloseable {
    /**
     * Makes a conversation. With an id that the owner has already, the stored one is returned and nothing changes. An id
     * that was deleted before may be used again: the conversation begins empty.
     */
    Created create(Owner owner, NewConversation conversation);

    /** The owner's conversation {@code conversationId}, if there is one. */
    Optional<Conversation> get(Owner owner, String conversationId);

    /**
     * The owner's conversations, newest activity first. A conversation that nobody touches while pages are fetched
     * appears exactly once over them.
     *
     * @throws InvalidInputException also when {@code after} is not a {@link Page#next} of this list
     */
    Page<Conversation> list(Owner owner, ListQuery query);

    /**
     * The owner's conversations in an order that no activity changes: each that is there throughout appears exactly once.
     *
     * @param after the {@link Page#next} of the page before, which is the id of its last conversation; null to begin
     * @param limit how many at most, 1 to 1,000
     */
    Page<Conversation> listAll(Owner owner, @Nullable String after, int limit);

    /**
     * Changes title or metadata; the time of last activity stays.
     *
     * @throws ConversationNotFoundException when the owner has no such conversation
     * @throws GenerationChangedException when the update names another generation
     */
    Conversation update(Owner owner, String conversationId, ConversationUpdate update);

    /**
     * Deletes a conversation and all its messages. For 24 hours an append with {@link AppendOptions#CREATE} does not
     * bring the id back; {@link #create} does at any time.
     *
     * @param options only {@code ifGen} is looked at
     * @return false when there was none
     * @throws GenerationChangedException when the options name another generation
     */
    boolean delete(Owner owner, String conversationId, AppendOptions options);

    /**
     * Stores messages at the conversation's end, all or none. A message whose id the conversation has already, with equal
     * JSON, is not stored again: the first one is returned.
     *
     * @param messages 1 to 1,000
     * @throws ConversationNotFoundException when there is none and the options do not say to create it, or name a
     *     generation
     * @throws ConversationGoneException when it was deleted within 24 hours and the options say to create it and name no
     *     generation
     * @throws ConflictException when a message's id is in the conversation with another body
     * @throws GenerationChangedException when the options name another generation
     */
    Appended append(Owner owner, String conversationId, List<NewMessage> messages, AppendOptions options);

    /** {@link #append} to an existing conversation. */
    default Appended append(Owner owner, String conversationId, NewMessage... messages) {
        return append(owner, conversationId, List.of(messages), AppendOptions.EXISTING);
    }

    /**
     * Reads an unbroken run of messages.
     *
     * @throws ConversationNotFoundException when the owner has no such conversation
     */
    Window read(Owner owner, String conversationId, Slice slice);

    /**
     * Reads on from a number, out of PostgreSQL, for whoever goes through a whole history, however long: the messages that
     * directly follow {@code afterSeq}, as many as have about a mebibyte together. Parts of one generation are one run.
     *
     * @param afterSeq from 0
     * @throws ConversationNotFoundException when the owner has no such conversation
     */
    Window part(Owner owner, String conversationId, long afterSeq);

    /**
     * One message by its id.
     *
     * @throws ConversationNotFoundException when the owner has no such conversation
     */
    Optional<Message> message(Owner owner, String conversationId, String messageId);

    /**
     * Changes a stored message; its id, number and time stay. The conversation gets a new generation, unless the edit says
     * what is there already.
     *
     * @return empty when the conversation has no such message
     * @throws ConversationNotFoundException when the owner has no such conversation
     * @throws GenerationChangedException when the edit names another generation
     */
    Optional<Edited> edit(Owner owner, String conversationId, String messageId, MessageEdit edit);

    /**
     * Deletes all messages above {@code afterSeq}; those appended next follow it. The conversation gets a new generation,
     * unless there are none.
     *
     * @param afterSeq from 0
     * @param options only {@code ifGen} is looked at
     * @return the conversation as it is now
     * @throws ConversationNotFoundException when the owner has no such conversation
     * @throws GenerationChangedException when the options name another generation
     */
    Conversation truncate(Owner owner, String conversationId, long afterSeq, AppendOptions options);

    /**
     * Makes a new conversation, under an id made here, with the title, the metadata and the messages of another one. The
     * messages are the same ones: ids, numbers, times and all they hold.
     *
     * @param atSeq the last message to take over, from 0 to the newest; all when it is empty
     * @param options only {@code ifGen} is looked at
     * @throws ConversationNotFoundException when the owner has no such conversation
     * @throws GenerationChangedException when the options name another generation
     */
    Conversation fork(Owner owner, String conversationId, OptionalLong atSeq, AppendOptions options);

    /** Requests that may be sent again, where the store can keep them for all its servers; else nothing. */
    default Optional<Requests> requests() {
        return Optional.empty();
    }

    /** Query logs and what they tell, where the store keeps them for all its servers; else nothing. */
    default Optional<Insights> insights() {
        return Optional.empty();
    }

    /**
     * This store for one try of a request that may be sent again. What an earlier try changed is not changed again, and what
     * is there now is returned instead; what the request makes without bringing an id for it has the same id at each try.
     * Shares all with this store; closing it does nothing. Where {@link #requests} gives nothing it is this store itself.
     */
    default HistoryStore once(Claim claim) {
        return once(claim, () -> {});
    }

    /**
     * As {@link #once(Claim)}.
     *
     * @param repeated run by the thread that asks for a change each time an earlier try is found to have made it, before
     *     what is there now is looked for
     */
    default HistoryStore once(Claim claim, Runnable repeated) {
        return this;
    }

    /**
     * Searches the owner's messages and titles, the best first. What was stored before the call is found; what was deleted
     * or changed is not. Without an index of its own a store looks at everything.
     */
    default Found search(Owner owner, SearchQuery query) {
        return Scan.of(this, owner, query);
    }

    /**
     * Removes an owner and all that is theirs. Calls for that owner that are under way fail or are undone with it. For a day
     * {@link #append} makes nothing for them: a late retry does not bring them back; {@link #create} makes them known again.
     */
    void erase(Owner owner);

    /** Asks the parts of the store how they are; never throws. */
    StoreStatus check();

    /** Ends the store: calls under way are finished, later ones fail. Nothing acknowledged is lost, now or without this. */
    @Override
    void close();
}
