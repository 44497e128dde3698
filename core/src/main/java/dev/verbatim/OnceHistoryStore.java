package dev.verbatim;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * A store for one try of a request. What an earlier try changed is not changed again: this one is shown what is there now.
 * What the request makes without an id gets the same one at each try.
 */
final class OnceHistoryStore implements HistoryStore {
    private final HistoryStore store;
    private final Claim claim;
    private final BooleanSupplier done;
    private final Runnable repeated;

    /**
     * A view of {@code store}.
     *
     * @param store one that marks what it changes, and throws {@link EffectDoneException} when that is marked already
     * @param done asks whether it is marked
     * @param repeated told each time that an earlier try made the change
     */
    OnceHistoryStore(HistoryStore store, Claim claim, BooleanSupplier done, Runnable repeated) {
        this.store = store;
        this.claim = claim;
        this.done = done;
        this.repeated = repeated;
    }

    /** An earlier try may also have changed it so that this one cannot: deleted it, or given it a new generation. */
    private <T> T once(Supplier<T> change, Supplier<T> now) {
        if (claim.done()) {
            return again(now);
        }
        try {
            return change.get();
        } catch (EffectDoneException | ConversationNotFoundException | GenerationChangedException e) {
            if (done.getAsBoolean()) {
                return again(now);
            }
            throw e;
        }
    }

    private <T> T again(Supplier<T> now) {
        repeated.run();
        return now.get();
    }

    private Conversation existing(Owner owner, String conversationId) {
        return store.get(owner, conversationId).orElseThrow(() -> new ConversationNotFoundException(conversationId));
    }

    @Override
    public Created create(Owner owner, NewConversation conversation) {
        boolean brought = conversation.id() != null;
        String id = brought ? Objects.requireNonNull(conversation.id()) : claim.madeId(0);
        NewConversation identified =
                new NewConversation(id, conversation.title(), conversation.metadata(), conversation.createdAt());
        return once(
                () -> {
                    Created created = store.create(owner, identified);
                    if (created.created() || brought) {
                        return created;
                    }
                    // Nobody but an earlier try can have made one of this id.
                    repeated.run();
                    return new Created(created.conversation(), true);
                },
                () -> new Created(store.get(owner, id).orElseThrow(() -> new ConversationGoneException(id)), true));
    }

    @Override
    public Conversation update(Owner owner, String conversationId, ConversationUpdate update) {
        return once(() -> store.update(owner, conversationId, update), () -> existing(owner, conversationId));
    }

    @Override
    public boolean delete(Owner owner, String conversationId, AppendOptions options) {
        try {
            return once(() -> deleteExisting(owner, conversationId, options), () -> true);
        } catch (ConversationNotFoundException e) {
            return false;
        }
    }

    private boolean deleteExisting(Owner owner, String conversationId, AppendOptions options) {
        if (!store.delete(owner, conversationId, options)) {
            throw new ConversationNotFoundException(conversationId);
        }
        return true;
    }

    @Override
    public Appended append(Owner owner, String conversationId, List<NewMessage> messages, AppendOptions options) {
        List<NewMessage> identified = new ArrayList<>(messages.size());
        for (NewMessage message : messages) {
            identified.add(message.id() == null ? message.withId(claim.madeId(identified.size())) : message);
        }
        return once(
                () -> store.append(owner, conversationId, identified, options),
                () -> appended(owner, conversationId, identified));
    }

    private Appended appended(Owner owner, String conversationId, List<NewMessage> messages) {
        Conversation now = existing(owner, conversationId);
        List<Message> stored = new ArrayList<>(messages.size());
        for (NewMessage message : messages) {
            String id = Objects.requireNonNull(message.id());
            stored.add(store.message(owner, conversationId, id).orElseThrow(EffectDoneException::new));
        }
        return new Appended(stored, now.gen(), now.lastSeq());
    }

    @Override
    public Optional<Edited> edit(Owner owner, String conversationId, String messageId, MessageEdit edit) {
        return once(
                () -> store.edit(owner, conversationId, messageId, edit),
                () -> edited(owner, conversationId, messageId));
    }

    private Optional<Edited> edited(Owner owner, String conversationId, String messageId) {
        Conversation now = existing(owner, conversationId);
        return store.message(owner, conversationId, messageId)
                .map(message -> new Edited(message, now.gen(), now.lastSeq()));
    }

    @Override
    public Conversation truncate(Owner owner, String conversationId, long afterSeq, AppendOptions options) {
        return once(
                () -> store.truncate(owner, conversationId, afterSeq, options), () -> existing(owner, conversationId));
    }

    @Override
    public Conversation fork(Owner owner, String conversationId, OptionalLong atSeq, AppendOptions options) {
        String id = claim.madeId(0);
        return once(
                () -> store.fork(owner, conversationId, atSeq, options),
                () -> store.get(owner, id).orElseThrow(() -> new ConversationGoneException(id)));
    }

    @Override
    public Optional<Conversation> get(Owner owner, String conversationId) {
        return store.get(owner, conversationId);
    }

    @Override
    public Page<Conversation> list(Owner owner, ListQuery query) {
        return store.list(owner, query);
    }

    @Override
    public Page<Conversation> listAll(Owner owner, @Nullable String after, int limit) {
        return store.listAll(owner, after, limit);
    }

    @Override
    public Window read(Owner owner, String conversationId, Slice slice) {
        return store.read(owner, conversationId, slice);
    }

    @Override
    public Window part(Owner owner, String conversationId, long afterSeq) {
        return store.part(owner, conversationId, afterSeq);
    }

    @Override
    public Optional<Message> message(Owner owner, String conversationId, String messageId) {
        return store.message(owner, conversationId, messageId);
    }

    @Override
    public void erase(Owner owner) {
        store.erase(owner);
    }

    @Override
    public StoreStatus check() {
        return store.check();
    }

    /** Leaves the store it is a view of open. */
    @Override
    public void close() {}
}
