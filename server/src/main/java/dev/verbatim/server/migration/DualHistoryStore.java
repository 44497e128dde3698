package dev.verbatim.server.migration;

import dev.verbatim.AppendOptions;
import dev.verbatim.Appended;
import dev.verbatim.Claim;
import dev.verbatim.Conversation;
import dev.verbatim.ConversationKey;
import dev.verbatim.ConversationUpdate;
import dev.verbatim.Created;
import dev.verbatim.Edited;
import dev.verbatim.HistoryException;
import dev.verbatim.HistoryStore;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.ListQuery;
import dev.verbatim.Message;
import dev.verbatim.MessageEdit;
import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.OutcomeUnknownException;
import dev.verbatim.Owner;
import dev.verbatim.Page;
import dev.verbatim.Requests;
import dev.verbatim.Slice;
import dev.verbatim.StoreStatus;
import dev.verbatim.Window;
import dev.verbatim.insight.Insights;
import dev.verbatim.search.Found;
import dev.verbatim.search.SearchQuery;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * Two stores: the one that lasts answers, memory follows, and each answer is compared. While a conversation is changed
 * nobody compares it, so what differs does. Memory's troubles are counted, never the caller's. Thread-safe.
 */
public final class DualHistoryStore implements HistoryStore {
    private final HistoryStore truth;
    private final InMemoryHistoryStore memory;
    private final Mirror mirror;
    private final Differences differences;
    private final Stripes locks;
    private final Unsure unsure;

    /** The try of a request that this is a view for, if it is one. */
    private final @Nullable Claim claim;

    /** Told when an earlier try had made a change. */
    private final Runnable repeated;

    /** Both hold the same; closing this closes {@code truth}. */
    public DualHistoryStore(HistoryStore truth, InMemoryHistoryStore memory) {
        this.truth = truth;
        this.memory = memory;
        this.mirror = new Mirror(memory);
        this.differences = new Differences();
        this.locks = new Stripes();
        this.unsure = new Unsure(truth, memory);
        this.claim = null;
        this.repeated = () -> {};
    }

    private DualHistoryStore(DualHistoryStore other, Claim claim, Runnable repeated) {
        this.truth = other.truth;
        this.memory = other.memory;
        this.mirror = other.mirror;
        this.differences = other.differences;
        this.locks = other.locks;
        this.unsure = other.unsure;
        this.claim = claim;
        this.repeated = repeated;
    }

    /** What was compared, and was not the same. */
    public Differences differences() {
        return differences;
    }

    private <T> T change(Owner owner, String id, Function<HistoryStore, T> change, Follow<T> follow) {
        ConversationKey key = ConversationKey.of(owner, id);
        try (Stripes.Held held = locks.writing(key)) {
            Objects.requireNonNull(held);
            return change(owner, id, List.of(key), change, follow);
        }
    }

    /**
     * The caller holds the locks.
     *
     * @param touched what the change changes or makes: the conversation, and others whose keys are known before
     */
    private <T> T change(
            Owner owner, String id, List<ConversationKey> touched, Function<HistoryStore, T> change, Follow<T> follow) {
        ConversationKey key = ConversationKey.of(owner, id);
        unsure.settle(key, owner, id);
        T done = sure(touched, change);
        if (!unsure.has(key)) {
            follow(owner, id, () -> follow.what(done));
        }
        return done;
    }

    /** What did not come out the same, or null. */
    private interface Follow<T> {
        @Nullable
        String what(T done);
    }

    /** Of what an earlier try did only the lasting store knows; what this one did memory can do too. */
    private <T> T sure(List<ConversationKey> touched, Function<HistoryStore, T> change) {
        try {
            return change.apply(
                    claim == null
                            ? truth
                            : truth.once(claim, () -> {
                                unsure.add(touched);
                                repeated.run();
                            }));
        } catch (OutcomeUnknownException e) {
            unsure.add(touched);
            throw e;
        } catch (HistoryException e) {
            throw e;
        } catch (RuntimeException | Error e) {
            unsure.add(touched);
            throw e;
        }
    }

    private void follow(Owner owner, String id, Follower follower) {
        try {
            String what = follower.what();
            if (what != null) {
                differences.found(owner, id, what);
            }
        } catch (RuntimeException e) {
            differences.found(owner, id, "memory refused what PostgreSQL took: " + e.getMessage());
        }
    }

    private interface Follower {
        @Nullable
        String what();
    }

    private <T> T read(
            Owner owner, String id, Function<HistoryStore, T> read, BiFunction<T, T, @Nullable String> compare) {
        ConversationKey key = ConversationKey.of(owner, id);
        if (unsure.has(key)) {
            try (Stripes.Held held = locks.writing(key)) {
                Objects.requireNonNull(held);
                unsure.settle(key, owner, id);
            }
        }
        try (Stripes.Held held = locks.reading(key)) {
            Objects.requireNonNull(held);
            Outcome<T> there = Outcome.of(() -> read.apply(truth));
            if (!unsure.has(key)) {
                compare(owner, id, there, Outcome.of(() -> read.apply(memory)), compare);
            }
            return there.get();
        }
    }

    private <T> void compare(
            Owner owner, String id, Outcome<T> there, Outcome<T> here, BiFunction<T, T, @Nullable String> compare) {
        if (there.isThere() && here.isThere()) {
            differences.compared(owner, id, compare.apply(there.get(), here.get()));
        } else {
            boolean same = there.isThere() == here.isThere();
            String what = there.isThere() ? "memory does not have it" : "only memory has it";
            differences.compared(owner, id, same ? null : what);
        }
    }

    /** A view of the lasting store gives each try the same id by itself, and then knows its own again. */
    @Override
    public Created create(Owner owner, NewConversation conversation) {
        NewConversation asked = claim == null ? conversation.identified() : conversation;
        String id = claim != null && asked.id() == null ? claim.madeId(0) : Objects.requireNonNull(asked.id());
        return change(owner, id, store -> store.create(owner, asked), done -> mirror.create(owner, conversation, done));
    }

    @Override
    public Optional<Requests> requests() {
        return truth.requests();
    }

    @Override
    public Optional<Insights> insights() {
        return truth.insights();
    }

    @Override
    public HistoryStore once(Claim attempt, Runnable told) {
        return new DualHistoryStore(this, attempt, told);
    }

    /** Memory has no index to compare it with. */
    @Override
    public Found search(Owner owner, SearchQuery query) {
        return truth.search(owner, query);
    }

    @Override
    public Optional<Conversation> get(Owner owner, String conversationId) {
        return read(owner, conversationId, store -> store.get(owner, conversationId), Compare::heads);
    }

    /** The order is PostgreSQL's; of each conversation it is seen that both have it, and the same. */
    @Override
    public Page<Conversation> list(Owner owner, ListQuery query) {
        Page<Conversation> page = truth.list(owner, query);
        check(owner, page);
        if (query.after() == null) {
            Set<String> listed = page.data().stream().map(Conversation::id).collect(Collectors.toSet());
            memory.list(owner, query).data().stream()
                    .filter(here -> !listed.contains(here.id()))
                    .forEach(here -> get(owner, here.id()));
        }
        return page;
    }

    @Override
    public Page<Conversation> listAll(Owner owner, @Nullable String after, int limit) {
        Page<Conversation> page = truth.listAll(owner, after, limit);
        check(owner, page);
        return page;
    }

    /** What differs is asked for again, when nobody can change it meanwhile. */
    private void check(Owner owner, Page<Conversation> page) {
        for (Conversation there : page.data()) {
            if (Compare.heads(Optional.of(there), memory.get(owner, there.id())) == null) {
                differences.compared(owner, there.id(), null);
            } else {
                get(owner, there.id());
            }
        }
    }

    @Override
    public Conversation update(Owner owner, String conversationId, ConversationUpdate update) {
        return change(
                owner,
                conversationId,
                store -> store.update(owner, conversationId, update),
                done -> mirror.update(owner, conversationId, update, done));
    }

    @Override
    public boolean delete(Owner owner, String conversationId, AppendOptions options) {
        return change(
                owner,
                conversationId,
                store -> store.delete(owner, conversationId, options),
                done -> mirror.delete(owner, conversationId, done));
    }

    @Override
    public Appended append(Owner owner, String conversationId, List<NewMessage> messages, AppendOptions options) {
        return change(
                owner,
                conversationId,
                store -> store.append(owner, conversationId, messages, options),
                done -> mirror.append(owner, conversationId, options.moved(), done));
    }

    @Override
    public Window read(Owner owner, String conversationId, Slice slice) {
        return read(owner, conversationId, store -> store.read(owner, conversationId, slice), Compare::windows);
    }

    @Override
    public Window part(Owner owner, String conversationId, long afterSeq) {
        return read(owner, conversationId, store -> store.part(owner, conversationId, afterSeq), Compare::parts);
    }

    @Override
    public Optional<Message> message(Owner owner, String conversationId, String messageId) {
        return read(
                owner,
                conversationId,
                store -> store.message(owner, conversationId, messageId),
                (there, here) -> there.equals(here) ? null : "a message asked for by its id differs");
    }

    @Override
    public Optional<Edited> edit(Owner owner, String conversationId, String messageId, MessageEdit edit) {
        return change(
                owner,
                conversationId,
                store -> store.edit(owner, conversationId, messageId, edit),
                done -> mirror.edit(owner, conversationId, messageId, edit, done));
    }

    @Override
    public Conversation truncate(Owner owner, String conversationId, long afterSeq, AppendOptions options) {
        return change(
                owner,
                conversationId,
                store -> store.truncate(owner, conversationId, afterSeq, options),
                done -> mirror.truncate(owner, conversationId, afterSeq, done));
    }

    /** Nobody else knows the new one's id before it is there; so nobody reads meanwhile. */
    @Override
    public Conversation fork(Owner owner, String conversationId, OptionalLong atSeq, AppendOptions options) {
        ConversationKey source = ConversationKey.of(owner, conversationId);
        List<ConversationKey> touched =
                claim == null ? List.of(source) : List.of(source, ConversationKey.of(owner, claim.madeId(0)));
        try (Stripes.Held held = locks.writingAll()) {
            Objects.requireNonNull(held);
            Conversation fork = change(
                    owner,
                    conversationId,
                    touched,
                    store -> store.fork(owner, conversationId, atSeq, options),
                    done -> mirror.fork(owner, conversationId, done));
            if (unsure.has(source)) {
                unsure.add(List.of(ConversationKey.of(owner, fork.id())));
            }
            return fork;
        }
    }

    @Override
    public void erase(Owner owner) {
        try (Stripes.Held held = locks.writingAll()) {
            Objects.requireNonNull(held);
            truth.erase(owner);
            memory.erase(owner);
            differences.forget(owner);
        }
    }

    @Override
    public StoreStatus check() {
        return truth.check();
    }

    /** A view leaves both open. */
    @Override
    public void close() {
        if (claim == null) {
            truth.close();
        }
    }
}
