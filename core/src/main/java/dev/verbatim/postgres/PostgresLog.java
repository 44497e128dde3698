package dev.verbatim.postgres;

import dev.verbatim.Commit;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryConfig;
import dev.verbatim.Message;
import dev.verbatim.Slice;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import javax.sql.DataSource;

/**
 * Conversations in PostgreSQL. Every answer comes from the primary. Appending is {@link GroupCommitter}'s. Thread-safe;
 * all methods block and are made for virtual threads; those that change nothing may be tried again by the caller.
 */
public final class PostgresLog implements AutoCloseable {
    private final HistoryConfig config;
    private final Database database;
    private final Transactions transactions;
    private final Reads reads;
    private final long epoch;

    private PostgresLog(HistoryConfig config, Database database, long epoch) {
        this.config = config;
        this.database = database;
        this.epoch = epoch;
        this.transactions = new Transactions(database, config.databaseTimeout());
        this.reads = new Reads(database);
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
        long epoch = new Setup(connector).run(config.maxConnections());
        return new PostgresLog(config, new Database(connector, config), epoch);
    }

    /** The pool, for other tables of the same database. */
    public DataSource dataSource() {
        return database.dataSource();
    }

    /** The cache's epoch: random, made at the first start, the same for all servers of this database. */
    public long epoch() {
        return epoch;
    }

    /** Reads a slice; empty when there is no such conversation. */
    public Optional<LogSlice> read(ConversationKey key, Slice slice) {
        return reads.slice(key, slice);
    }

    /** Reads the newest {@code newest} messages, but none below {@code fromSeq}; empty when there is no conversation. */
    public Optional<LogSlice> readFrom(ConversationKey key, long fromSeq, long newest) {
        return reads.from(key, fromSeq, newest);
    }

    /** One message by its id; empty when the conversation has none, or there is no conversation. */
    public Optional<Message> message(ConversationKey key, String messageId) {
        return reads.message(key, messageId);
    }

    /** Whether PostgreSQL answers. */
    public boolean reachable() {
        return database.reachable();
    }

    BatchRunner batchRunner(Function<List<Commit>, Runnable> afterCommit) {
        Creation creation = new Creation(database, transactions, config.databaseTimeout());
        return new BatchRunner(creation, transactions, config.databaseTimeout(), config.lockTimeout(), afterCommit);
    }

    /** Closes all connections; calls after that fail. */
    @Override
    public void close() {
        database.close();
    }
}
