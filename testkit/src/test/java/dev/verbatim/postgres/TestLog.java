package dev.verbatim.postgres;

import dev.verbatim.AppendOptions;
import dev.verbatim.Appended;
import dev.verbatim.Commit;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryConfig;
import dev.verbatim.Message;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import dev.verbatim.testkit.RealServers;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/** A log and a committer on a database, as one server has them, and a view of the database beside them. */
final class TestLog implements AutoCloseable {
    static final Owner ALICE = Owner.named("alice");

    private final HistoryConfig config;
    private final String directUrl;
    private final PostgresLog log;
    private final GroupCommitter committer;
    private final List<Commit> commits = new CopyOnWriteArrayList<>();

    private TestLog(HistoryConfig config, String directUrl) {
        this.config = config;
        this.directUrl = directUrl;
        this.log = PostgresLog.open(config);
        this.committer = new GroupCommitter(log, config, changed -> {
            commits.addAll(changed);
            return () -> {};
        });
    }

    /** On a database of its own. */
    static TestLog open() {
        return open(RealServers.newDatabase());
    }

    static TestLog open(String url) {
        return new TestLog(HistoryConfig.of(url, "redis://unused"), url);
    }

    static TestLog open(String url, Duration databaseTimeout, Duration lockTimeout) {
        return through(url, url, databaseTimeout, lockTimeout);
    }

    /** The log and its committer reach the database of {@code directUrl} by {@code url}. */
    static TestLog through(String url, String directUrl, Duration databaseTimeout, Duration lockTimeout) {
        return new TestLog(
                HistoryConfig.of(url, "redis://unused").withDatabaseTimeouts(databaseTimeout, lockTimeout), directUrl);
    }

    /** Another server on the same database. */
    TestLog another() {
        return new TestLog(config, directUrl);
    }

    PostgresLog log() {
        return log;
    }

    GroupCommitter committer() {
        return committer;
    }

    /** Connections beside those of the log; to be closed. */
    Database database() {
        return new Database(new Connector(DatabaseUrl.parse(directUrl), config), config);
    }

    String url() {
        return directUrl;
    }

    List<Commit> commits() {
        return commits;
    }

    Appended append(Owner owner, String conversation, NewMessage... messages) {
        return committer.append(owner, conversation, List.of(messages), AppendOptions.CREATE);
    }

    /** Erases {@code owner}; gives the conversations that were deleted. */
    List<ConversationKey> erase(Owner owner) {
        List<ConversationKey> deleted = new ArrayList<>();
        log.erase(owner.id(), (key, gen) -> deleted.add(key));
        return deleted;
    }

    Appended append(String conversation, NewMessage... messages) {
        return append(ALICE, conversation, messages);
    }

    List<Message> all(String conversation) {
        return all(ALICE, conversation);
    }

    /** Every message of a conversation. */
    List<Message> all(Owner owner, String conversation) {
        List<Message> all = new ArrayList<>();
        ConversationKey key = ConversationKey.of(owner, conversation);
        while (true) {
            LogSlice slice =
                    log.read(key, Slice.after(all.size(), Slice.MAX_LIMIT)).orElseThrow();
            all.addAll(slice.messages());
            if (all.size() >= slice.lastSeq()) {
                return all;
            }
        }
    }

    Connection connect() throws SQLException {
        return DriverManager.getConnection(directUrl);
    }

    void sql(String sql) throws SQLException {
        try (Connection connection = connect();
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    /** The first column of all rows. */
    List<String> column(String sql) throws SQLException {
        List<String> values = new ArrayList<>();
        try (Connection connection = connect();
                Statement statement = connection.createStatement();
                ResultSet rows = statement.executeQuery(sql)) {
            while (rows.next()) {
                values.add(String.valueOf(rows.getString(1)));
            }
        }
        return values;
    }

    long number(String sql) throws SQLException {
        return Long.parseLong(column(sql).getFirst());
    }

    static NewMessage user(String text) {
        return NewMessage.of("user", text);
    }

    @Override
    public void close() {
        committer.close();
        log.close();
    }
}
