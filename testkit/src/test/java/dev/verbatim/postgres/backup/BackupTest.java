package dev.verbatim.postgres.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.AppendOptions;
import dev.verbatim.HistoryConfig;
import dev.verbatim.HistoryException;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.Message;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import dev.verbatim.Window;
import dev.verbatim.postgres.Upkeep;
import dev.verbatim.search.SearchQuery;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.ResultSet;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.postgresql.PGConnection;

/** A backup, and the way back. */
class BackupTest {
    private static final Owner ANN = Owner.named("ann");
    private static final Owner BOB = Owner.named("bob");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void everyTableComesBackByteForByte() throws Exception {
        String from = RealServers.newDatabase();
        fill(from);
        String to = RealServers.newDatabase();

        Summary made = new Backup(from).write(file());
        Summary restored = new Restore(to).read(file(), false);

        assertThat(restored).isEqualTo(made);
        assertThat(made.rows()).isGreaterThan(40);
        assertThat(tables(to)).isEqualTo(tables(from));
        assertThat(tables(from).get("messages")).contains("\\\\u0000").contains("tab");
        assertThat(number(to, "SELECT last_value FROM generations"))
                .isEqualTo(number(from, "SELECT last_value FROM generations"));
        assertThat(Files.getPosixFilePermissions(file())).hasSize(2);
        try (var files = Files.list(directory)) {
            assertThat(files).containsExactly(file());
        }
    }

    @Test
    void whateverTheMigrationsMakeIsKeptOrNamedAsNotToBe() throws Exception {
        String database = RealServers.newDatabase();
        new Upkeep(database).migrations().migrate();
        try (Connection connection = new Upkeep(database).connect()) {
            Catalog catalog = new Catalog();
            List<String> known = new ArrayList<>(
                    catalog.tables(connection).stream().map(Table::name).toList());
            known.addAll(Catalog.MADE_ANEW);
            known.addAll(Catalog.ITS_OWN);
            known.add("flyway_schema_history");
            assertThat(strings(
                            database,
                            "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"
                                    + " AND relkind IN ('r', 'p') AND NOT relispartition"))
                    .containsExactlyInAnyOrderElementsOf(known);
            assertThat(catalog.sequences(connection))
                    .containsExactlyInAnyOrderElementsOf(strings(
                            database,
                            "SELECT relname FROM pg_class"
                                    + " WHERE relnamespace = 'public'::regnamespace AND relkind = 'S'"));
        }
        Set<String> notKept = new HashSet<>(Catalog.MADE_ANEW);
        notKept.addAll(Catalog.ITS_OWN);
        assertThat(notKept)
                .as("a table that speaks of one cluster's transactions means nothing elsewhere: say in Catalog what a"
                        + " restore makes of it")
                .containsAll(strings(
                        database,
                        "SELECT DISTINCT table_name::text FROM information_schema.columns"
                                + " WHERE table_schema = 'public' AND udt_name IN ('xid', 'xid8', 'pg_snapshot', 'txid_snapshot',"
                                + " 'pg_lsn')"));
    }

    @Test
    void afterARestoreNothingIsReadFromTheOldRedis() throws Exception {
        String database = RealServers.newDatabase();
        HistoryConfig config = HistoryConfig.of(database, RealServers.emptyRedis());
        try (HybridHistoryStore store = HybridHistoryStore.open(config)) {
            store.append(ANN, "c", say("one", "two"), AppendOptions.CREATE);
            new Backup(database).write(file());
            store.append(ANN, "c", say("three"), AppendOptions.CREATE);
            store.append(ANN, "later", say("x"), AppendOptions.CREATE);
            Await.until(() -> read(store, ANN, "c").source() == Window.Source.HIT);
            assertThat(contents(store, ANN, "c")).containsExactly("one", "two", "three");
        }
        long generation = number(database, "SELECT last_value FROM generations");
        new Restore(database).read(file(), true);

        assertThat(number(database, "SELECT last_value FROM generations")).isEqualTo(generation);
        try (HybridHistoryStore store = HybridHistoryStore.open(config)) {
            assertThat(contents(store, ANN, "c")).containsExactly("one", "two");
            assertThat(store.get(ANN, "later")).isEmpty();
            assertThat(store.append(ANN, "c", say("another"), AppendOptions.CREATE)
                            .lastSeq())
                    .isEqualTo(3);
            Await.until(() -> read(store, ANN, "c").source() == Window.Source.HIT);
            assertThat(contents(store, ANN, "c")).containsExactly("one", "two", "another");
            Await.until(() -> found(store, "two") == 1);
            assertThat(found(store, "three")).isZero();
            Await.until(() -> indexIsComplete(database));
        }
    }

    @Test
    void aBackupMadeWhileWritingIsOfOneMoment() throws Exception {
        String from = RealServers.newDatabase();
        String to = RealServers.newDatabase();
        AtomicBoolean end = new AtomicBoolean();
        AtomicInteger written = new AtomicInteger();
        try (HybridHistoryStore store = HybridHistoryStore.open(HistoryConfig.of(from, RealServers.emptyRedis()))) {
            Thread writer = Thread.ofVirtual().start(() -> {
                while (!end.get()) {
                    int n = written.incrementAndGet();
                    store.append(ANN, "c" + n % 5, say("a" + n, "b" + n), AppendOptions.CREATE);
                }
            });
            Await.until(() -> written.get() > 20);
            new Backup(from).write(file());
            int then = written.get();
            Await.until(() -> written.get() > then + 5);
            end.set(true);
            writer.join();
        }
        new Restore(to).read(file(), false);

        assertThat(number(to, "SELECT count(*) FROM messages")).isGreaterThan(30);
        assertThat(number(
                        to,
                        "SELECT count(*) FROM conversations c WHERE last_seq <> 2 * (SELECT count(*) / 2 FROM"
                                + " messages m WHERE m.user_id = c.user_id AND m.conversation_id = c.id)"))
                .isZero();
    }

    @Test
    void aCutOrDamagedFileChangesNothing() throws Exception {
        String from = RealServers.newDatabase();
        fill(from);
        new Backup(from).write(file());
        byte[] whole = Files.readAllBytes(file());
        String to = RealServers.newDatabase();
        Path broken = directory.resolve("broken");
        for (int cut : new int[] {0, 5, 17, 18, 40, whole.length / 2, whole.length - 32, whole.length - 1}) {
            Files.write(broken, Arrays.copyOf(whole, cut));
            assertThatThrownBy(() -> new Restore(to).read(broken, false)).isInstanceOf(HistoryException.class);
        }
        for (int at : new int[] {0, 16, 18, 30, whole.length / 2, whole.length - 33, whole.length - 1}) {
            byte[] changed = whole.clone();
            changed[at] ^= 4;
            Files.write(broken, changed);
            assertThatThrownBy(() -> new Restore(to).read(broken, false)).isInstanceOf(HistoryException.class);
        }
        assertThat(strings(to, "SELECT relname FROM pg_class WHERE relnamespace = 'public'::regnamespace"))
                .isEmpty();
    }

    @Test
    void whatADatabaseHoldsIsReplacedOnlyWhenToldTo() throws Exception {
        String from = RealServers.newDatabase();
        fill(from);
        new Backup(from).write(file());
        String to = RealServers.newDatabase();
        try (HybridHistoryStore store = HybridHistoryStore.open(HistoryConfig.of(to, RealServers.emptyRedis()))) {
            store.append(BOB, "mine", say("keep me"), AppendOptions.CREATE);
            assertThatThrownBy(() -> new Restore(to).read(file(), true))
                    .isInstanceOf(HistoryException.class)
                    .hasMessageContaining("a service runs on this database");
            assertThat(contents(store, BOB, "mine")).containsExactly("keep me");
        }
        Map<String, String> before = tables(to);
        assertThatThrownBy(() -> new Restore(to).read(file(), false))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("not empty");
        assertThat(tables(to)).isEqualTo(before);

        new Restore(to).read(file(), true);
        assertThat(tables(to)).isEqualTo(tables(from));
    }

    @Test
    void aBackupOfOlderTablesIsBroughtUpToDate() throws Exception {
        String old = RealServers.newDatabase();
        new Upkeep(old).migrations().migrateTo("1");
        sql(old, "INSERT INTO users (id, email) VALUES (gen_random_uuid(), 'old@example.org')");
        assertThat(new Backup(old).write(file()).head().schema()).isEqualTo("1");
        String current = RealServers.newDatabase();
        new Upkeep(current).migrations().migrate();
        assertThatThrownBy(() -> new Restore(current).read(file(), false))
                .isInstanceOf(HistoryException.class)
                .hasMessageContaining("newer");

        String fresh = RealServers.newDatabase();
        new Restore(fresh).read(file(), false);
        assertThat(strings(fresh, "SELECT email FROM users")).containsExactly("old@example.org");
        assertThat(number(fresh, "SELECT count(*) FROM cache_nodes")).isZero();
        try (HybridHistoryStore store = HybridHistoryStore.open(HistoryConfig.of(fresh, RealServers.emptyRedis()))) {
            store.append(ANN, "c", say("x"), AppendOptions.CREATE);
        }
    }

    @Test
    void tablesOfSomebodyElseStayAsTheyAre() throws Exception {
        String from = RealServers.newDatabase();
        fill(from);
        sql(from, "CREATE TABLE theirs AS SELECT 1 AS one");
        new Backup(from).write(file());
        String to = RealServers.newDatabase();
        new Restore(to).read(file(), false);
        assertThat(strings(to, "SELECT relname FROM pg_class WHERE relname = 'theirs'"))
                .isEmpty();
        new Restore(from).read(file(), true);
        assertThat(number(from, "SELECT count(*) FROM theirs")).isEqualTo(1);
    }

    private Path file() {
        return directory.resolve("backup");
    }

    private static void fill(String database) throws Exception {
        try (HybridHistoryStore store = HybridHistoryStore.open(HistoryConfig.of(database, RealServers.emptyRedis()))) {
            for (int i = 0; i < 20; i++) {
                store.append(
                        ANN,
                        "c" + i % 3,
                        say("text " + i, "\\ \t tab \n line \u20ac \ud83d\ude00"),
                        AppendOptions.CREATE);
            }
            store.append(
                    BOB,
                    "odd",
                    List.of(NewMessage.fromJson(
                            "{\"role\":\"user\",\"content\":\"\\u0000\\n\\\\N \\ud800\",\"big\":1e999}")),
                    AppendOptions.CREATE);
            store.append(BOB, "long", say("x".repeat(1_500_000)), AppendOptions.CREATE);
            store.append(BOB, "gone", say("x"), AppendOptions.CREATE);
            store.delete(BOB, "gone", AppendOptions.EXISTING);
        }
        sql(
                database,
                "INSERT INTO query_logs (user_id, id, response_time_ms, retrieval_quality, query) VALUES ('" + BOB.id()
                        + "', gen_random_uuid(), 1, 0.1, E'q\\t')");
        fillAnalytics(database);
    }

    /** Query logs of other months, and a row in each table of what is told of them. */
    private static void fillAnalytics(String database) throws Exception {
        for (String month : List.of("2024-02", "2025-12")) {
            sql(database, "SELECT query_logs_month('" + month + "-01 00:00Z')");
            sql(
                    database,
                    "INSERT INTO query_logs (user_id, id, created_at, response_time_ms, query) VALUES ('" + BOB.id()
                            + "', gen_random_uuid(), '" + month + "-15 12:00Z', 1, 'old')");
        }
        sql(
                database,
                "INSERT INTO query_log_news (user_id, created_at, id, response_time_ms) VALUES ('" + BOB.id()
                        + "', '2024-02-15', gen_random_uuid(), 1)");
        String counted = "'2024-02-15', 1, 'day', '', '', '\\x00', '\\x01', '\\x02'";
        sql(
                database,
                "INSERT INTO query_user_rollups (user_id, at, queries, period, model, recommendation, sums,"
                        + " response_times, conversations) VALUES ('" + BOB.id() + "', " + counted + ")");
        sql(
                database,
                "INSERT INTO query_rollups (scope, at, queries, period, model, recommendation, sums,"
                        + " response_times, conversations, users) VALUES ('dept:x', " + counted + ", '\\x03')");
        sql(database, "INSERT INTO query_recounts (at, period) VALUES ('2024-02-15', 'month')");
        sql(database, "INSERT INTO read_news (at, hits, misses, times) VALUES ('2024-02-15', 1, 2, '\\x00')");
        sql(
                database,
                "INSERT INTO read_rollups (at, hits, misses, period, times)"
                        + " VALUES ('2024-02-15', 1, 2, 'day', '\\x00')");
    }

    private static List<NewMessage> say(String... texts) {
        List<NewMessage> messages = new ArrayList<>();
        for (String text : texts) {
            messages.add(NewMessage.of("user", text));
        }
        return messages;
    }

    private static boolean indexIsComplete(String database) {
        try {
            return number(database, "SELECT count(*) FROM search_progress WHERE swept_user IS NULL") == 1
                    && number(database, "SELECT count(*) FROM search_messages") == 3;
        } catch (Exception e) {
            throw new IllegalStateException(e);
        }
    }

    private static int found(HybridHistoryStore store, String word) {
        return store.search(ANN, SearchQuery.of(word, 10, null)).page().data().size();
    }

    private static Window read(HybridHistoryStore store, Owner owner, String conversation) {
        return store.read(owner, conversation, Slice.newest(10));
    }

    private static List<String> contents(HybridHistoryStore store, Owner owner, String conversation) {
        return read(store, owner, conversation).messages().stream()
                .map(Message::json)
                .map(json -> json.replaceAll(".*\"content\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    /** Each table that is to be kept, as its rows are written. */
    private static Map<String, String> tables(String database) throws Exception {
        Map<String, String> tables = new TreeMap<>();
        try (Connection connection = DriverManager.getConnection(database)) {
            for (String table : List.of(
                    "users",
                    "api_keys",
                    "login_tokens",
                    "conversations",
                    "messages",
                    "deleted_conversations",
                    "query_logs",
                    "query_log_news",
                    "query_rollups",
                    "query_user_rollups",
                    "query_recounts",
                    "read_news",
                    "read_rollups",
                    "kept_requests")) {
                ByteArrayOutputStream rows = new ByteArrayOutputStream();
                connection
                        .unwrap(PGConnection.class)
                        .getCopyAPI()
                        .copyOut(
                                "COPY (SELECT * FROM " + table + " AS t ORDER BY t::text COLLATE \"C\") TO STDOUT",
                                rows);
                tables.put(table, rows.toString(StandardCharsets.UTF_8));
            }
        }
        return tables;
    }

    private static void sql(String database, String sql) throws Exception {
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private static long number(String database, String sql) throws Exception {
        return Long.parseLong(strings(database, sql).getFirst());
    }

    private static List<String> strings(String database, String sql) throws Exception {
        List<String> strings = new ArrayList<>();
        try (Connection connection = DriverManager.getConnection(database);
                Statement statement = connection.createStatement();
                ResultSet row = statement.executeQuery(sql)) {
            while (row.next()) {
                strings.add(row.getString(1));
            }
        }
        return strings;
    }
}
