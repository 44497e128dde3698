package dev.verbatim;

import dev.verbatim.insight.Insights;
import dev.verbatim.postgres.ChangeLog;
import dev.verbatim.postgres.ConnectionsOpen;
import dev.verbatim.postgres.GroupCommitter;
import dev.verbatim.postgres.PostgresInsights;
import dev.verbatim.postgres.PostgresLog;
import dev.verbatim.postgres.PostgresRequests;
import dev.verbatim.postgres.Revised;
import dev.verbatim.postgres.SearchIndexer;
import dev.verbatim.postgres.StoredMessage;
import dev.verbatim.redis.BreakerStates;
import dev.verbatim.redis.PendingChanges;
import dev.verbatim.redis.RedisAwayException;
import dev.verbatim.redis.RedisTail;
import dev.verbatim.search.Found;
import dev.verbatim.search.SearchQuery;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * PostgreSQL holds the truth, Redis the recent end of each active conversation; this is the one place that decides in
 * which order they are asked and told. Thread-safe.
 */
public final class HybridHistoryStore implements HistoryStore {
    private static final Logger LOG = LoggerFactory.getLogger(HybridHistoryStore.class);

    /** How long the start waits for the cache to be trusted; without, the first reads go to PostgreSQL. */
    private static final Duration PATIENCE = Duration.ofSeconds(2);

    /** Before every id of a conversation. */
    private static final UUID FIRST = new UUID(0, 0);

    private final PostgresLog log;
    private final RedisTail tail;
    private final AtomicLong epoch;
    private final RecentChanges recent;
    private final ChangeTail changes;
    private final GroupCommitter committer;
    private final TailReader reader;
    private final ShownEnds shown;
    private final SearchIndexer indexer;
    private final Housekeeping housekeeping;
    private final PostgresRequests requests;
    private final PostgresInsights insights;
    private volatile StoreListener listener = StoreListener.NONE;

    /** The try of a request that this is a view for, if it is one. */
    private final @Nullable Claim claim;

    private HybridHistoryStore(HistoryConfig config, PostgresLog log, RecentChanges recent) {
        this.log = log;
        this.epoch = new AtomicLong();
        this.recent = recent;
        this.tail = RedisTail.connect(config, epoch::get);
        this.changes = new ChangeTail(new ChangeLog(config), tail, recent, epoch, log::reconnect);
        this.committer = new GroupCommitter(log, config, this::afterCommit);
        this.reader = new TailReader(log, tail, recent, changes, config);
        this.shown = new ShownEnds(tail, recent, changes);
        this.requests = log.requests();
        this.housekeeping = new Housekeeping(log, this::forget, config.retentionDays());
        this.insights = log.insights();
        this.indexer = log.indexer(insights.reads()::total);
        this.claim = null;
    }

    /** All of {@code other}, for one try of a request. */
    private HybridHistoryStore(HybridHistoryStore other, Claim claim) {
        this.log = other.log.marking(claim);
        this.claim = claim;
        this.tail = other.tail;
        this.epoch = other.epoch;
        this.recent = other.recent;
        this.changes = other.changes;
        this.committer = other.committer;
        this.reader = other.reader;
        this.shown = other.shown;
        this.requests = other.requests;
        this.housekeeping = other.housekeeping;
        this.indexer = other.indexer;
        this.insights = other.insights;
    }

    /**
     * Opens the store: connects to PostgreSQL and brings its tables up to date. Redis may be away, now or later.
     *
     * @throws InvalidInputException when a URL is not right or PostgreSQL is not set up as the store needs it
     * @throws UnavailableException when PostgreSQL does not answer
     */
    public static HybridHistoryStore open(HistoryConfig config) {
        return open(config, new RecentChanges());
    }

    /** The same, remembering what changed in {@code recent}. */
    static HybridHistoryStore open(HistoryConfig config, RecentChanges recent) {
        PostgresLog log = PostgresLog.open(config);
        try {
            HybridHistoryStore store = new HybridHistoryStore(config, log, recent);
            store.changes.awaitStart(PATIENCE);
            return store;
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /**
     * Before the lane goes on, the changes are known here and sent to Redis; each caller of the batch then waits until
     * Redis has them, or does not answer: then the change tail tells it, and others, later.
     */
    private Runnable afterCommit(List<Commit> commits) {
        commits.forEach(commit -> recent.add(commit.key(), commit.gen(), commit.to()));
        long began = System.nanoTime();
        PendingChanges pending = tail.apply(commits);
        return new OnceForAll(() -> {
            int unconfirmed = pending.await().size();
            listener.called(StoreListener.Call.REDIS_APPLY, began, unconfirmed > 0);
            listener.applied(commits.size(), unconfirmed);
        });
    }

    /** Tells {@code to} what this does from now on, and nobody else any more. */
    public void listen(StoreListener to) {
        listener = to;
        tail.listen(to);
        log.listen(to);
    }

    /** How busy it is just now; asks no server. */
    public StoreLoad load() {
        ConnectionsOpen connections = log.connections();
        BreakerStates breakers = tail.breakers();
        return new StoreLoad(
                connections.active(),
                connections.idle(),
                connections.most(),
                connections.waiting(),
                committer.waiting(),
                breakers.closed(),
                breakers.halfOpen(),
                breakers.open(),
                log.refusedReads().total(),
                committer.refused().total());
    }

    @Override
    public Created create(Owner owner, NewConversation conversation) {
        Created created = log.create(owner, conversation);
        if (created.created()) {
            // One of this id may have been deleted by another server that has not dropped its entry yet.
            forget(
                    ConversationKey.of(owner, created.conversation().id()),
                    created.conversation().gen());
        } else {
            show(owner, created.conversation());
        }
        return created;
    }

    @Override
    public Optional<Conversation> get(Owner owner, String conversationId) {
        ConversationKey key = ConversationKey.of(owner, conversationId);
        Optional<Conversation> found = shown.tell(log.get(key));
        if (found.isEmpty()) {
            drop(key);
        }
        return found;
    }

    @Override
    public Page<Conversation> list(Owner owner, ListQuery query) {
        return shown.tell(log.list(owner.id(), query));
    }

    @Override
    public Page<Conversation> listAll(Owner owner, @Nullable String after, int limit) {
        int size = ListQuery.newest(limit).limit();
        Optional<ConversationKey> from = Optional.ofNullable(after).map(id -> ConversationKey.of(owner, id));
        return shown.tell(log.listAll(owner.id(), from.map(ConversationKey::id).orElse(FIRST), size));
    }

    @Override
    public Conversation update(Owner owner, String conversationId, ConversationUpdate update) {
        ConversationKey key = ConversationKey.of(owner, conversationId);
        Conversation updated = dropGone(key, () -> log.update(key, conversationId, update));
        show(owner, updated);
        return updated;
    }

    @Override
    public boolean delete(Owner owner, String conversationId, AppendOptions options) {
        ConversationKey key = ConversationKey.of(owner, conversationId);
        OptionalLong gen = log.delete(key, options.ifGen());
        gen.ifPresentOrElse(newGen -> forget(key, newGen), () -> drop(key));
        return gen.isPresent();
    }

    @Override
    public Optional<Edited> edit(Owner owner, String conversationId, String messageId, MessageEdit edit) {
        ConversationKey key = ConversationKey.of(owner, conversationId);
        Revised<Optional<Message>> revised = dropGone(key, () -> log.edit(key, conversationId, messageId, edit));
        forget(key, revised.gen(), revised.lastSeq());
        return revised.answer().map(message -> new Edited(message, revised.gen(), revised.lastSeq()));
    }

    @Override
    public Conversation truncate(Owner owner, String conversationId, long afterSeq, AppendOptions options) {
        Slice.checkAfter("after_seq", afterSeq);
        ConversationKey key = ConversationKey.of(owner, conversationId);
        Conversation left = dropGone(key, () -> log.truncate(key, conversationId, afterSeq, options.ifGen()));
        forget(key, left.gen(), left.lastSeq());
        return left;
    }

    @Override
    public Conversation fork(Owner owner, String conversationId, OptionalLong atSeq, AppendOptions options) {
        ConversationKey key = ConversationKey.of(owner, conversationId);
        return shown.tell(dropGone(key, () -> log.fork(owner, conversationId, atSeq, options.ifGen())));
    }

    /** Who is told that it is gone may not be shown it by the next read, though its deletion may still be under way. */
    private <T> T dropGone(ConversationKey key, Supplier<T> call) {
        try {
            return call.get();
        } catch (ConversationNotFoundException | ConversationGoneException e) {
            drop(key);
            throw e;
        }
    }

    private void forget(ConversationKey key, long newGen) {
        forget(key, newGen, 0);
    }

    /** Also when nothing was changed: who changed it before may not have dropped the entry yet. */
    private void forget(ConversationKey key, long gen, long lastSeq) {
        recent.add(key, gen, lastSeq);
        drop(key);
    }

    /** Before the conversation is given to the caller. */
    private void show(Owner owner, Conversation conversation) {
        ConversationKey key = ConversationKey.of(owner, conversation.id());
        shown.tell(epoch.get(), List.of(new Change(key, conversation.gen(), conversation.lastSeq())));
    }

    private void drop(ConversationKey key) {
        try {
            tail.drop(key);
        } catch (RedisAwayException e) {
            LOG.debug("the change tail will tell Redis", e);
        }
    }

    @Override
    public Appended append(Owner owner, String conversationId, List<NewMessage> messages, AppendOptions options) {
        Appends.check(messages);
        ConversationKey key = ConversationKey.of(owner, conversationId);
        Appended appended = dropGone(key, () -> committer.append(owner, conversationId, messages, options, claim));
        if (options.coherent()) {
            awaitSeen(key, appended);
        }
        return appended;
    }

    /** Until Redis shows it, or every server has looked at what changed or does not trust Redis any more. */
    private void awaitSeen(ConversationKey key, Appended appended) {
        long until = System.nanoTime() + ChangeTail.FRESH.toNanos();
        try {
            tail.note(epoch.get(), key, appended.gen(), appended.lastSeq());
        } catch (RedisAwayException e) {
            while (System.nanoTime() - until < 0) {
                if (Thread.currentThread().isInterrupted()) {
                    throw new OutcomeUnknownException(
                            "interrupted: the messages are stored, but another server may not show them yet", e);
                }
                LockSupport.parkNanos(this, until - System.nanoTime());
            }
        }
    }

    @Override
    public Window read(Owner owner, String conversationId, Slice slice) {
        long began = System.nanoTime();
        Window window = reader.read(ConversationKey.of(owner, conversationId), conversationId, slice);
        insights.reads().count(window.source(), System.nanoTime() - began);
        return window;
    }

    @Override
    public Window part(Owner owner, String conversationId, long afterSeq) {
        Slice.checkAfter("after", afterSeq);
        return reader.part(ConversationKey.of(owner, conversationId), conversationId, afterSeq);
    }

    @Override
    public Optional<Message> message(Owner owner, String conversationId, String messageId) {
        ConversationKey key = ConversationKey.of(owner, conversationId);
        Optional<StoredMessage> found = log.message(key, messageId);
        boolean told = found.isPresent() && changes.isTold(found.get().xid());
        if (!told && get(owner, conversationId).isEmpty()) {
            throw new ConversationNotFoundException(conversationId);
        }
        return found.map(StoredMessage::message);
    }

    @Override
    public Found search(Owner owner, SearchQuery query) {
        return log.search(owner.id(), query);
    }

    @Override
    public void erase(Owner owner) {
        log.erase(owner.id(), this::forget);
    }

    /**
     * Erases those whose erasing stopped on the way, as a process that dies leaves it; done by itself each hour.
     *
     * @throws UnavailableException when PostgreSQL is away
     */
    public void finishErasures() {
        housekeeping.finishErasures();
    }

    /** What was deleted within the last day, which appends do not make again. */
    public List<Gone> gone() {
        return log.gone();
    }

    /**
     * Remembers what was deleted elsewhere, except what is here; doing so again changes nothing.
     *
     * @throws UnavailableException when PostgreSQL is away; some may be remembered then
     */
    public void know(List<Gone> gone) {
        log.know(gone);
    }

    /**
     * Says when a conversation was last active, unless it went on or was changed meanwhile. For what is taken over from
     * elsewhere.
     *
     * @param taken the conversation as it was taken over
     * @throws UnavailableException when PostgreSQL is away
     */
    public void setActive(ConversationKey key, Conversation taken, Instant time) {
        log.setActive(key, taken, time);
    }

    /** Deletes by last activity, by another clock than PostgreSQL's. */
    Retention retention(int days, Supplier<Instant> clock) {
        return new Retention(log.expiry(), this::forget, days, clock);
    }

    /** The accounts kept beside the conversations. */
    public Accounts accounts() {
        return log.accounts();
    }

    @Override
    public Optional<Requests> requests() {
        return Optional.of(requests);
    }

    @Override
    public Optional<Insights> insights() {
        return Optional.of(insights);
    }

    @Override
    public HistoryStore once(Claim attempt, Runnable repeated) {
        return new OnceHistoryStore(
                new HybridHistoryStore(this, attempt), attempt, () -> log.isDone(attempt), repeated);
    }

    /** Waits for Redis at most; how PostgreSQL is the change tail knows. */
    @Override
    public StoreStatus check() {
        ChangeTail.State state = changes.awaitState();
        boolean redis = tail.reachable();
        boolean trusted = redis && tail.isTrusted() && state == ChangeTail.State.FRESH;
        return new StoreStatus(
                state != ChangeTail.State.AWAY,
                redis,
                trusted,
                changes.behind(),
                log.refusedReads().now(),
                committer.refused().now());
    }

    @Override
    public void close() {
        insights.close();
        housekeeping.close();
        indexer.close();
        committer.close();
        changes.close();
        tail.close();
        requests.close();
        log.close();
    }
}
