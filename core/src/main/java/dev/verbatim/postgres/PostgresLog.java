package dev.verbatim.postgres;

import dev.verbatim.Accounts;
import dev.verbatim.Claim;
import dev.verbatim.Commit;
import dev.verbatim.Conversation;
import dev.verbatim.ConversationKey;
import dev.verbatim.ConversationUpdate;
import dev.verbatim.Created;
import dev.verbatim.Gone;
import dev.verbatim.HistoryConfig;
import dev.verbatim.ListQuery;
import dev.verbatim.Message;
import dev.verbatim.MessageEdit;
import dev.verbatim.NewConversation;
import dev.verbatim.Owner;
import dev.verbatim.Page;
import dev.verbatim.Slice;
import dev.verbatim.StoreListener;
import dev.verbatim.search.Found;
import dev.verbatim.search.SearchQuery;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.UUID;
import java.util.function.Function;
import java.util.function.LongSupplier;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

/**
 * Conversations in PostgreSQL. Every answer comes from the primary. Appending is {@link GroupCommitter}'s. Thread-safe;
 * all methods block and are made for virtual threads; those that change nothing may be tried again by the caller.
 */
public final class PostgresLog implements AutoCloseable {
    private final HistoryConfig config;
    private final Database database;
    private final Transactions transactions;
    private final Reads reads;
    private final ReadBulkhead bulkhead;
    private final Conversations conversations;
    private final ExplicitCreation creation;
    private final Deletion deletion;
    private final Erasure erasure;
    private final Revisions revisions;
    private final Fork fork;
    private final Expiry expiry;
    private final SearchReads search;
    private volatile StoreListener listener = StoreListener.NONE;

    private PostgresLog(
            HistoryConfig config,
            Database database,
            Transactions transactions,
            ReadBulkhead bulkhead,
            Supplier<String> forkIds) {
        this.config = config;
        this.database = database;
        this.transactions = transactions;
        this.reads = new Reads(database);
        this.bulkhead = bulkhead;
        this.conversations = new Conversations(database, transactions, config.lockTimeout());
        this.creation = new ExplicitCreation(transactions, conversations, config.lockTimeout());
        this.deletion = new Deletion(database, transactions, config.lockTimeout());
        this.erasure = new Erasure(database, transactions, deletion, config.lockTimeout());
        this.revisions = new Revisions(transactions.byKey(), config.lockTimeout());
        this.fork = new Fork(transactions, config.lockTimeout(), forkIds);
        this.expiry = new Expiry(database, transactions, config.lockTimeout());
        this.search = new SearchReads(database);
    }

    /**
     * Checks a database URL without connecting.
     *
     * @throws dev.verbatim.InvalidInputException when it cannot be read; without the URL, which may hold a password
     */
    public static void checkUrl(String url) {
        DatabaseUrl.parse(url);
    }

    /**
     * Connects, refuses a server that could not keep what is promised, and brings its tables up to date; safe when several
     * servers start at once.
     *
     * @throws dev.verbatim.InvalidInputException when the URL or the server's settings must be changed
     * @throws dev.verbatim.UnavailableException when the server cannot be reached
     */
    public static PostgresLog open(HistoryConfig config) {
        Connector connector = new Connector(DatabaseUrl.parse(config.databaseUrl()), config);
        new Setup(connector).run(config.maxConnections());
        Database database = new Database(connector, config);
        return new PostgresLog(
                config,
                database,
                new Transactions(database, config.databaseTimeout()),
                new ReadBulkhead(config.maxConnections()),
                () -> Objects.requireNonNull(
                        NewConversation.withId(null).identified().id()));
    }

    /** The requests kept beside the conversations; whoever asks for them closes them before this. */
    public PostgresRequests requests() {
        return new PostgresRequests(database);
    }

    /**
     * This, for one try of a request. What is changed through it is marked; when that is marked already nothing is changed
     * and {@link dev.verbatim.EffectDoneException} thrown. Shares all with this, and is not to be closed.
     */
    public PostgresLog marking(Claim claim) {
        Transactions marking = transactions.marking(new EffectMark(claim));
        return new PostgresLog(config, database, marking, bulkhead, () -> claim.madeId(0));
    }

    /** Whether an earlier try changed what {@code claim} is to change. */
    public boolean isDone(Claim claim) {
        return new EffectMark(claim).isWritten(database);
    }

    /** The accounts kept beside the conversations. */
    public Accounts accounts() {
        return new PostgresAccounts(database, transactions, config.lockTimeout());
    }

    /**
     * Makes a conversation, and a named owner known. One that is there already is returned as it is; a deleted one begins
     * empty, with a generation above that of its deletion.
     *
     * @throws dev.verbatim.InvalidInputException when the owner is known by id alone, and has no account
     * @throws dev.verbatim.ConversationGoneException while the owner is being erased
     */
    public Created create(Owner owner, NewConversation conversation) {
        return creation.create(owner, conversation.identified());
    }

    /** The conversation, if there is one. */
    public Shown<Optional<Conversation>> get(ConversationKey key) {
        return conversations.get(key);
    }

    /** The owner's conversations, newest activity first. */
    public Shown<Page<Conversation>> list(UUID owner, ListQuery query) {
        return conversations.list(owner, query);
    }

    /** The owner's conversations with a key above {@code after}, in the order of their keys. */
    public Shown<Page<Conversation>> listAll(UUID owner, UUID after, int limit) {
        return conversations.listAll(owner, after, limit);
    }

    /**
     * Changes title or metadata.
     *
     * @param conversationId what an error calls it
     * @throws dev.verbatim.ConversationNotFoundException when there is none
     * @throws dev.verbatim.GenerationChangedException when the update names another generation
     */
    public Conversation update(ConversationKey key, String conversationId, ConversationUpdate update) {
        return conversations.update(key, conversationId, update);
    }

    /**
     * Deletes a conversation and its messages.
     *
     * @return the generation that caches learn of the deletion by; empty when there was none
     * @throws dev.verbatim.GenerationChangedException when {@code ifGen} is another generation
     */
    public OptionalLong delete(ConversationKey key, OptionalLong ifGen) {
        return deletion.delete(key, ifGen);
    }

    /**
     * Changes a message, and gives the conversation a new generation unless nothing was to be changed.
     *
     * @param conversationId what an error calls it
     * @return the message; empty when the conversation has none of this id
     * @throws dev.verbatim.ConversationNotFoundException when there is no conversation
     * @throws dev.verbatim.GenerationChangedException when the edit names another generation
     * @throws dev.verbatim.InvalidInputException when the message cannot be changed so
     */
    public Revised<Optional<Message>> edit(
            ConversationKey key, String conversationId, String messageId, MessageEdit edit) {
        return revisions.edit(key, conversationId, messageId, edit);
    }

    /**
     * Deletes the messages above {@code afterSeq}, and gives the conversation a new generation unless there are none.
     *
     * @param conversationId what an error calls it
     * @return the conversation as it is now
     * @throws dev.verbatim.ConversationNotFoundException when there is no conversation
     * @throws dev.verbatim.GenerationChangedException when {@code ifGen} is another generation
     */
    public Conversation truncate(ConversationKey key, String conversationId, long afterSeq, OptionalLong ifGen) {
        return revisions.truncate(key, conversationId, afterSeq, ifGen);
    }

    /**
     * Makes a new conversation with the messages of another one.
     *
     * @param atSeq the last message to take over; all when it is empty
     * @return the new one, and how far the other one goes, which it shows
     * @throws dev.verbatim.ConversationNotFoundException when there is no such conversation
     * @throws dev.verbatim.GenerationChangedException when {@code ifGen} is another generation
     * @throws dev.verbatim.InvalidInputException when {@code atSeq} is beyond its end
     */
    public Shown<Conversation> fork(Owner owner, String conversationId, OptionalLong atSeq, OptionalLong ifGen) {
        return fork.fork(owner, conversationId, atSeq, ifGen);
    }

    /**
     * Erases a user and all that is theirs. When it fails on the way, the user stays marked as erased, nothing new is
     * made for them, and another call goes on where this one stopped.
     *
     * @param deleted told of each conversation once it is deleted, with the generation that caches learn of it by; also
     *     when the call fails later
     */
    public void erase(UUID owner, ObjLongConsumer<ConversationKey> deleted) {
        erasure.erase(owner, deleted);
    }

    /** Some of the users whose erasing stopped on the way; to be erased again. */
    public List<UUID> unfinishedErasures() {
        return erasure.unfinished();
    }

    /** Forgets some of the deletions of more than a day ago; returns whether there may be more. */
    public boolean trimDeletions() {
        return deletion.trimSome();
    }

    /** Says when a conversation was last active, unless it is another than {@code taken} by now. */
    public void setActive(ConversationKey key, Conversation taken, Instant time) {
        conversations.setActive(key, taken, time);
    }

    /** What was deleted within a day. */
    public List<Gone> gone() {
        return new GoneRows(database).read();
    }

    /** Remembers deletions of elsewhere, except of what is here; doing so again changes nothing. */
    public void know(List<Gone> gone) {
        new GoneRows(database).know(gone);
    }

    /** What finds and deletes conversations by their last activity. */
    public Expiry expiry() {
        return expiry;
    }

    /**
     * Reads a slice; empty when there is no such conversation.
     *
     * @throws dev.verbatim.OverloadedException when too many reads wait already
     */
    public Optional<LogSlice> read(ConversationKey key, Slice slice) {
        return read(() -> reads.slice(key, slice));
    }

    /**
     * Reads the newest {@code newest} messages, but none below {@code fromSeq}; empty when there is no conversation.
     *
     * @throws dev.verbatim.OverloadedException when too many reads wait already
     */
    public Optional<LogSlice> readFrom(ConversationKey key, long fromSeq, long newest) {
        return read(() -> reads.from(key, fromSeq, newest));
    }

    /**
     * Reads the part of a history that follows {@code afterSeq}, of the size that {@link dev.verbatim.Parts} says; empty when
     * there is no conversation.
     *
     * @throws dev.verbatim.OverloadedException when too many reads wait already
     */
    public Optional<LogSlice> part(ConversationKey key, long afterSeq) {
        return read(() -> reads.part(key, afterSeq));
    }

    private Optional<LogSlice> read(Supplier<Optional<LogSlice>> read) {
        long began = System.nanoTime();
        boolean failed = true;
        try {
            Optional<LogSlice> answer = bulkhead.run(read);
            failed = false;
            return answer;
        } finally {
            listener.called(StoreListener.Call.POSTGRES_READ, began, failed);
        }
    }

    /** One message by its id; empty when the conversation has none, or there is no conversation. */
    public Optional<StoredMessage> message(ConversationKey key, String messageId) {
        return reads.message(key, messageId);
    }

    /**
     * Searches what the owner has.
     *
     * @throws dev.verbatim.OverloadedException when too many reads wait already
     */
    public Found search(UUID owner, SearchQuery query) {
        return bulkhead.run(() -> search.search(owner, query));
    }

    /**
     * Starts to bring what is stored into the index that {@link #search} asks; whoever starts it closes it.
     *
     * @param reads how many reads there were so far: while there are many the index waits
     */
    public SearchIndexer indexer(LongSupplier reads) {
        return new SearchIndexer(database, reads);
    }

    /** Starts to keep query logs, beside the conversations; whoever starts it closes it. */
    public PostgresInsights insights() {
        return new PostgresInsights(database, transactions, bulkhead, config);
    }

    /** Whom batches and reads of messages are told to, from now on. */
    public void listen(StoreListener to) {
        listener = to;
    }

    /** The pool's connections: in use, free, at most, and how many threads wait for one. */
    public ConnectionsOpen connections() {
        return database.connections();
    }

    /** The reads that were refused because too many waited. */
    public Refused refusedReads() {
        return bulkhead.refused();
    }

    /** Gives the pool's connections up as they become free: those to another server than the one that counts now too. */
    public void reconnect() {
        database.reconnect();
    }

    /** Whether PostgreSQL answers. */
    public boolean reachable() {
        return database.reachable();
    }

    BatchRunner batchRunner(Function<List<Commit>, Runnable> afterCommit) {
        Creation creation = new Creation(database, transactions, config.databaseTimeout());
        return new BatchRunner(
                creation,
                transactions.byKey(),
                config.databaseTimeout(),
                config.lockTimeout(),
                afterCommit,
                () -> listener);
    }

    /** Closes all connections; calls after that fail. */
    @Override
    public void close() {
        database.close();
    }
}
