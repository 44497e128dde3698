package dev.verbatim;

import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The reference model: what {@link HistoryStore} means, in the plainest way, in memory only. For tests, to compare other
 * stores with, and for whoever wants no more than that. Thread-safe, one call at a time.
 */
public final class InMemoryHistoryStore implements HistoryStore {
    private static final Duration REMEMBERED = Duration.ofHours(24);

    private final Clock clock;
    private final Map<ConversationKey, InMemoryConversation> conversations = new HashMap<>();
    private final Map<ConversationKey, Instant> deleted = new HashMap<>();
    private final Set<UUID> known = new HashSet<>();
    private final Map<UUID, Instant> erased = new HashMap<>();
    private final Map<ConversationKey, Deletion> deletions = new HashMap<>();
    private final Map<UUID, Owner> owners = new HashMap<>();
    private long generations;

    /** An empty store on the system's clock. */
    public InMemoryHistoryStore() {
        this(Clock.systemUTC());
    }

    /** An empty store that takes all its times from {@code clock}. */
    public InMemoryHistoryStore(Clock clock) {
        this(clock, 0);
    }

    /** As the other, whose generations are above {@code generations}: above those that something else gave before. */
    public InMemoryHistoryStore(Clock clock, long generations) {
        this.clock = clock;
        this.generations = generations;
    }

    /**
     * Puts a conversation here as it is, in place of what there was under its id.
     *
     * @param messages all of it, from the first
     */
    public synchronized void put(Owner owner, Conversation conversation, List<Message> messages) {
        ConversationKey key = ConversationKey.of(owner, conversation.id());
        know(owner);
        known.add(owner.id());
        erased.remove(owner.id());
        deleted.remove(key);
        deletions.remove(key);
        generations = Math.max(generations, conversation.gen());
        conversations.put(key, new InMemoryConversation(key, conversation, messages));
    }

    /** Takes a conversation away as if it had never been here. */
    public synchronized void remove(Owner owner, String conversationId) {
        conversations.remove(ConversationKey.of(owner, conversationId));
    }

    /** All conversations of all owners, the one that was active longest ago first. */
    public synchronized List<Held> held() {
        return conversations.values().stream()
                .sorted(Comparator.comparing(InMemoryConversation::cursor).reversed())
                .map(c -> new Held(owners.getOrDefault(c.key.owner(), Owner.registered(c.key.owner())), c.describe()))
                .toList();
    }

    /** What was deleted, and not made again nor erased with its owner. */
    public synchronized List<Deletion> deletions() {
        return List.copyOf(deletions.values());
    }

    /** Knows of a deletion as if it had happened here. */
    public synchronized void put(Deletion deletion) {
        ConversationKey key = ConversationKey.of(deletion.owner(), deletion.conversationId());
        know(deletion.owner());
        conversations.remove(key);
        deleted.put(key, deletion.at());
        deletions.put(key, deletion);
    }

    /** What was deleted within the last day, which appends do not make again. */
    public synchronized List<Gone> gone() {
        List<Gone> gone = new ArrayList<>();
        deleted.forEach((key, at) -> gone.add(new Gone(key, at)));
        erased.forEach((user, at) -> gone.add(Gone.user(user, at)));
        gone.removeIf(one -> !isRemembered(one.at()));
        return gone;
    }

    /** Remembers what was deleted elsewhere, except what is here. */
    public synchronized void know(Gone gone) {
        if (gone.isUser()) {
            if (!known.contains(gone.key().owner())) {
                erased.merge(gone.key().owner(), gone.at(), Times::later);
            }
        } else if (!conversations.containsKey(gone.key())) {
            deleted.merge(gone.key(), gone.at(), Times::later);
        }
    }

    /** An owner who has a name is to be known by it. */
    private void know(Owner owner) {
        if (owner.name() != null) {
            owners.put(owner.id(), owner);
        }
    }

    @Override
    public synchronized Created create(Owner owner, NewConversation conversation) {
        String given = conversation.id();
        String id = given == null ? Uuids.timeOrdered().toString() : given;
        ConversationKey key = ConversationKey.of(owner, id);
        InMemoryConversation existing = conversations.get(key);
        if (existing != null) {
            return new Created(existing.describe(), false);
        }
        deleted.remove(key);
        erased.remove(owner.id());
        deletions.remove(key);
        know(owner);
        return new Created(make(key, id, conversation).describe(), true);
    }

    private InMemoryConversation make(ConversationKey key, String id, NewConversation conversation) {
        InMemoryConversation made = new InMemoryConversation(key, id, conversation, ++generations, now());
        conversations.put(key, made);
        known.add(key.owner());
        return made;
    }

    @Override
    public synchronized Optional<Conversation> get(Owner owner, String conversationId) {
        return Optional.ofNullable(conversations.get(ConversationKey.of(owner, conversationId)))
                .map(InMemoryConversation::describe);
    }

    @Override
    public synchronized Page<Conversation> list(Owner owner, ListQuery query) {
        String after = query.after();
        ListCursor from = after == null ? ListCursor.START : ListCursor.decode(after);
        List<InMemoryConversation> found = conversations.values().stream()
                .filter(c -> c.key.owner().equals(owner.id()))
                .filter(c -> titleContains(c, query))
                .filter(c -> from.isBefore(c.cursor()))
                .sorted(Comparator.comparing(InMemoryConversation::cursor))
                .limit(query.limit() + 1L)
                .toList();
        boolean more = found.size() > query.limit();
        List<InMemoryConversation> page = more ? found.subList(0, query.limit()) : found;
        return new Page<>(
                page.stream().map(InMemoryConversation::describeForList).toList(),
                more ? page.getLast().cursor().encode() : null);
    }

    private static boolean titleContains(InMemoryConversation conversation, ListQuery query) {
        String wanted = query.titleContains();
        String title = conversation.describe().title();
        return wanted == null
                || (title != null && title.toLowerCase(Locale.ROOT).contains(wanted.toLowerCase(Locale.ROOT)));
    }

    @Override
    public synchronized Conversation update(Owner owner, String conversationId, ConversationUpdate update) {
        InMemoryConversation conversation = existing(owner, conversationId);
        conversation.checkGen(update.ifGen());
        conversation.update(update);
        return conversation.describe();
    }

    @Override
    public synchronized boolean delete(Owner owner, String conversationId, AppendOptions options) {
        ConversationKey key = ConversationKey.of(owner, conversationId);
        InMemoryConversation conversation = conversations.get(key);
        if (conversation == null) {
            return false;
        }
        conversation.checkGen(options.ifGen());
        forget(key);
        deletions.put(key, new Deletion(owners.getOrDefault(owner.id(), owner), conversationId, clock.instant()));
        return true;
    }

    private void forget(ConversationKey key) {
        conversations.remove(key);
        deleted.put(key, clock.instant());
    }

    @Override
    public synchronized Appended append(
            Owner owner, String conversationId, List<NewMessage> messages, AppendOptions options) {
        Appends.check(messages);
        ConversationKey key = ConversationKey.of(owner, conversationId);
        InMemoryConversation conversation = conversations.get(key);
        if (conversation == null) {
            refuseDeleted(key, conversationId, options);
            conversation = new InMemoryConversation(
                    key, conversationId, NewConversation.withId(conversationId), generations + 1, now());
        }
        conversation.checkGen(options.ifGen());
        Appended appended = conversation.append(messages, options.moved(), now());
        if (conversations.putIfAbsent(key, conversation) == null) {
            deletions.remove(key);
            know(owner);
            generations++;
            known.add(key.owner());
        }
        return appended;
    }

    private void refuseDeleted(ConversationKey key, String conversationId, AppendOptions options) {
        if (!options.create() || options.ifGen().isPresent()) {
            throw new ConversationNotFoundException(conversationId);
        }
        if (isRemembered(deleted.get(key)) || isRemembered(erased.get(key.owner()))) {
            throw new ConversationGoneException(conversationId);
        }
    }

    private boolean isRemembered(@Nullable Instant when) {
        return when != null && when.plus(REMEMBERED).isAfter(clock.instant());
    }

    @Override
    public synchronized Window read(Owner owner, String conversationId, Slice slice) {
        return existing(owner, conversationId).read(slice);
    }

    @Override
    public synchronized Window part(Owner owner, String conversationId, long afterSeq) {
        Slice.checkAfter("after", afterSeq);
        return existing(owner, conversationId).part(afterSeq);
    }

    @Override
    public synchronized Page<Conversation> listAll(Owner owner, @Nullable String after, int limit) {
        int size = ListQuery.newest(limit).limit();
        ConversationKey from = after == null ? null : ConversationKey.of(owner, after);
        List<InMemoryConversation> found = conversations.values().stream()
                .filter(c -> c.key.owner().equals(owner.id()))
                .filter(c -> from == null || from.compareTo(c.key) < 0)
                .sorted(Comparator.comparing(c -> c.key))
                .limit(size + 1L)
                .toList();
        List<Conversation> page =
                found.stream().limit(size).map(InMemoryConversation::describe).toList();
        return new Page<>(page, found.size() > size ? page.getLast().id() : null);
    }

    @Override
    public synchronized Optional<Message> message(Owner owner, String conversationId, String messageId) {
        return existing(owner, conversationId).message(messageId);
    }

    @Override
    public synchronized Optional<Edited> edit(Owner owner, String conversationId, String messageId, MessageEdit edit) {
        InMemoryConversation conversation = existing(owner, conversationId);
        conversation.checkGen(edit.ifGen());
        return conversation.edit(messageId, edit, () -> ++generations, now());
    }

    @Override
    public synchronized Conversation truncate(
            Owner owner, String conversationId, long afterSeq, AppendOptions options) {
        Slice.checkAfter("after_seq", afterSeq);
        InMemoryConversation conversation = existing(owner, conversationId);
        conversation.checkGen(options.ifGen());
        conversation.truncate(afterSeq, () -> ++generations, now());
        return conversation.describe();
    }

    @Override
    public synchronized Conversation fork(
            Owner owner, String conversationId, OptionalLong atSeq, AppendOptions options) {
        InMemoryConversation conversation = existing(owner, conversationId);
        conversation.checkGen(options.ifGen());
        String id = Uuids.timeOrdered().toString();
        ConversationKey key = ConversationKey.of(owner, id);
        InMemoryConversation fork = conversation.fork(key, id, atSeq, generations + 1, now());
        generations++;
        conversations.put(key, fork);
        return fork.describe();
    }

    @Override
    public synchronized void erase(Owner owner) {
        new ArrayList<>(conversations.keySet())
                .stream().filter(key -> key.owner().equals(owner.id())).forEach(this::forget);
        if (known.remove(owner.id())) {
            erased.put(owner.id(), clock.instant());
        }
        deletions.keySet().removeIf(key -> key.owner().equals(owner.id()));
        owners.remove(owner.id());
    }

    @Override
    public StoreStatus check() {
        return new StoreStatus(true, true, true, Duration.ZERO);
    }

    @Override
    public void close() {}

    private InMemoryConversation existing(Owner owner, String conversationId) {
        InMemoryConversation conversation = conversations.get(ConversationKey.of(owner, conversationId));
        if (conversation == null) {
            throw new ConversationNotFoundException(conversationId);
        }
        return conversation;
    }

    private Instant now() {
        return clock.instant().truncatedTo(ChronoUnit.MICROS);
    }
}
