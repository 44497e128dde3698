package dev.verbatim;

import dev.verbatim.postgres.GroupCommitter;
import dev.verbatim.postgres.PostgresLog;
import dev.verbatim.redis.PendingApply;
import dev.verbatim.redis.RedisTail;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * PostgreSQL holds the truth, Redis the recent end of each active conversation; this is the one place that decides in
 * which order they are asked and told. Thread-safe.
 */
public final class HybridHistoryStore implements HistoryStore {
    private final PostgresLog log;
    private final RedisTail tail;
    private final RecentChanges recent = new RecentChanges();
    private final GroupCommitter committer;
    private final TailReader reader;
    private final TailRepair repair;

    private HybridHistoryStore(HistoryConfig config, PostgresLog log) {
        this.log = log;
        this.tail = RedisTail.connect(config, log::epoch);
        this.repair = new TailRepair(tail, recent);
        this.committer = new GroupCommitter(log, config, this::afterCommit);
        this.reader = new TailReader(log, tail, recent, config);
    }

    /**
     * Opens the store: connects to PostgreSQL and brings its tables up to date. Redis may be away, now or later.
     *
     * @throws InvalidInputException when a URL is not right or PostgreSQL is not set up as the store needs it
     * @throws UnavailableException when PostgreSQL does not answer
     */
    public static HybridHistoryStore open(HistoryConfig config) {
        PostgresLog log = PostgresLog.open(config);
        try {
            return new HybridHistoryStore(config, log);
        } catch (RuntimeException e) {
            log.close();
            throw e;
        }
    }

    /**
     * Before the lane goes on, the changes are known here and sent to Redis; each caller of the batch then waits until
     * Redis has them.
     */
    private Runnable afterCommit(List<Commit> commits) {
        commits.forEach(commit -> recent.add(commit.key(), commit.gen(), commit.to()));
        PendingApply pending = tail.apply(commits);
        return new OnceForAll(() -> repair.later(pending.await()));
    }

    @Override
    public Created create(Owner owner, NewConversation conversation) {
        return log.create(owner, conversation);
    }

    @Override
    public Optional<Conversation> get(Owner owner, String conversationId) {
        return log.get(ConversationKey.of(owner, conversationId));
    }

    @Override
    public Page<Conversation> list(Owner owner, ListQuery query) {
        return log.list(owner.id(), query);
    }

    @Override
    public Conversation update(Owner owner, String conversationId, ConversationUpdate update) {
        return log.update(ConversationKey.of(owner, conversationId), conversationId, update);
    }

    @Override
    public boolean delete(Owner owner, String conversationId, AppendOptions options) {
        ConversationKey key = ConversationKey.of(owner, conversationId);
        OptionalLong gen = log.delete(key, options.ifGen());
        gen.ifPresent(newGen -> forget(key, newGen));
        return gen.isPresent();
    }

    private void forget(ConversationKey key, long newGen) {
        recent.add(key, newGen, 0);
        repair.drop(List.of(key));
    }

    @Override
    public Appended append(Owner owner, String conversationId, List<NewMessage> messages, AppendOptions options) {
        Appends.check(messages);
        return committer.append(owner, conversationId, messages, options);
    }

    @Override
    public Window read(Owner owner, String conversationId, Slice slice) {
        return reader.read(ConversationKey.of(owner, conversationId), conversationId, slice);
    }

    @Override
    public Optional<Message> message(Owner owner, String conversationId, String messageId) {
        ConversationKey key = ConversationKey.of(owner, conversationId);
        Optional<Message> found = log.message(key, messageId);
        if (found.isEmpty() && log.get(key).isEmpty()) {
            throw new ConversationNotFoundException(conversationId);
        }
        return found;
    }

    @Override
    public void erase(Owner owner) {
        log.erase(owner.id(), this::forget);
    }

    /** The accounts kept beside the conversations. */
    public Accounts accounts() {
        return log.accounts();
    }

    @Override
    public StoreStatus check() {
        boolean postgres = log.reachable();
        boolean redis = tail.reachable();
        return new StoreStatus(postgres, redis, say("PostgreSQL", postgres) + "; " + say("Redis", redis));
    }

    private static String say(String server, boolean answers) {
        return server + (answers ? " answers" : " does not answer");
    }

    @Override
    public void close() {
        committer.close();
        repair.close();
        tail.close();
        log.close();
    }
}
