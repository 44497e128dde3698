package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.KeyTraces;
import dev.verbatim.testkit.RealServers;
import dev.verbatim.testkit.TableTraces;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.Statement;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Conversations nobody used for long are deleted, as by a DELETE; the clock is the test's. */
final class RetentionTest {
    private static final int DAYS = 30;

    private final String redis = RealServers.emptyRedis();
    private final String database = RealServers.newDatabase();
    private final TableTraces tables = new TableTraces(database);

    private final HistoryConfig config = HistoryConfig.of(database, redis).withRedisTimeout(Duration.ofSeconds(2));

    private final HybridHistoryStore one = HybridHistoryStore.open(config);
    private final HybridHistoryStore other = HybridHistoryStore.open(config);
    private final Owner owner = Owner.named("somebody");

    @AfterEach
    void close() {
        one.close();
        other.close();
    }

    @Test
    void whatNobodyUsedForSoLongIsGoneAsAfterADelete() {
        Owner another = Owner.named("somebody else");
        for (int i = 0; i < 45; i++) {
            say(owner, "old" + i, "pelican");
        }
        say(another, "old", "pelican");
        read(other, "old0");
        say(owner, "touched", "heron");
        Instant before = say(owner, "new", "heron");
        say(owner, "touched", "heron");
        read(other, "new");
        tables.sql("INSERT INTO query_logs (user_id, id, response_time_ms, query, conversation_id) VALUES ('"
                + owner.id() + "', gen_random_uuid(), 7, 'pelican', 'old1')");

        assertThat(sweep(one, before)).isEqualTo(46);

        assertThat(ids()).containsExactly("touched", "new");
        assertThat(tables.of(List.of("pelican", "old1"))).isEmpty();
        assertThat(KeyTraces.of(redis, List.of("pelican"))).isEmpty();
        assertThat(other.list(another, ListQuery.newest(10)).data()).isEmpty();
        for (HybridHistoryStore store : List.of(one, other)) {
            assertThatThrownBy(() -> read(store, "old0")).isInstanceOf(ConversationNotFoundException.class);
            assertThatThrownBy(() -> append(store, owner, "old0", "late"))
                    .isInstanceOf(ConversationGoneException.class);
            assertThat(read(store, "new").messages()).hasSize(1);
        }
        assertThat(sweep(one, before)).isZero();
        one.create(owner, NewConversation.withId("old0"));
        assertThat(read(other, "old0").messages()).isEmpty();
    }

    @Test
    void nothingIsDeletedThatSomebodyIsJustUsing() throws Exception {
        say(owner, "used", "a");
        say(owner, "idle", "a");
        Instant before = say(owner, "new", "a");
        try (Connection user = DriverManager.getConnection(database);
                Statement statement = user.createStatement()) {
            user.setAutoCommit(false);
            statement.execute("UPDATE conversations SET updated_at = now() WHERE external_id = 'used'");
            assertThat(sweep(one, before)).isEqualTo(1);
            user.commit();
        }
        assertThat(sweep(other, before)).isZero();
        assertThat(ids()).containsExactly("used", "new");
    }

    @Test
    void whatIsOnlyBeingIndexedIsWaitedForAndDeleted() throws Exception {
        say(owner, "indexed", "a");
        Instant before = say(owner, "new", "a");
        CompletableFuture<Long> sweep;
        try (Connection indexer = DriverManager.getConnection(database);
                Statement statement = indexer.createStatement()) {
            indexer.setAutoCommit(false);
            statement.execute("SELECT FROM conversations WHERE external_id = 'indexed' FOR KEY SHARE");
            sweep = CompletableFuture.supplyAsync(() -> sweep(one, before));
            Await.until(() -> !tables.column("SELECT pid FROM pg_stat_activity"
                            + " WHERE datname = current_database() AND wait_event_type = 'Lock'")
                    .isEmpty());
            indexer.rollback();
        }
        assertThat(sweep.get()).isEqualTo(1);
        assertThat(ids()).containsExactly("new");
    }

    @Test
    void aMessageThatWasStoredMeanwhileIsNeverLost() throws Exception {
        int conversations = 60;
        for (int i = 0; i < conversations; i++) {
            say(owner, "c" + i, "first");
        }
        Instant before = say(owner, "last", "first");
        Map<String, Boolean> stored = new ConcurrentHashMap<>();
        try (ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int i = conversations - 1; i >= 0; i--) {
                String id = "c" + i;
                HybridHistoryStore store = i % 2 == 0 ? one : other;
                running.add(callers.submit(() -> stored.put(id, tryAppend(store, id))));
            }
            for (HybridHistoryStore store : List.of(one, other)) {
                running.add(callers.submit(() -> sweep(store, before)));
            }
            for (Future<?> caller : running) {
                caller.get();
            }
        }
        sweep(one, before);
        assertThat(stored).hasSize(conversations);
        stored.forEach((id, kept) -> assertThat(
                        one.get(owner, id).map(Conversation::lastSeq).orElse(0L))
                .as(id)
                .isEqualTo(kept ? 2 : 0));
    }

    @Test
    void oneServerAtATimeDeletes() throws Exception {
        say(owner, "idle", "a");
        Instant before = say(owner, "new", "a");
        try (Connection third = DriverManager.getConnection(database);
                Statement statement = third.createStatement()) {
            third.setAutoCommit(false);
            statement.execute("SELECT pg_advisory_xact_lock(hashtext('verbatim retention'))");
            assertThat(sweep(one, before)).isZero();
            third.rollback();
        }
        assertThat(ids()).containsExactly("new", "idle");
        assertThat(sweep(one, before)).isEqualTo(1);
    }

    @Test
    void itEndsBetweenTwoStepsWhenTheServerEnds() {
        for (int i = 0; i < 45; i++) {
            say(owner, "old" + i, "a");
        }
        Instant before = say(owner, "new", "a");
        long deleted =
                one.retention(DAYS, () -> before.plus(Duration.ofDays(DAYS))).sweep(took -> false);
        assertThat(deleted).isPositive().isLessThan(45);
        assertThat(ids()).hasSize(46 - (int) deleted);
    }

    /** What was last active before {@code before} is older than retention allows. */
    private static long sweep(HybridHistoryStore store, Instant before) {
        return store.retention(DAYS, () -> before.plus(Duration.ofDays(DAYS))).sweep(took -> true);
    }

    /** Whether it was stored. */
    private boolean tryAppend(HybridHistoryStore store, String id) {
        try {
            store.append(owner, id, NewMessage.of("user", "second"));
            return true;
        } catch (ConversationNotFoundException e) {
            return false;
        }
    }

    /** The time of activity that this makes. */
    private Instant say(Owner who, String id, String text) {
        append(one, who, id, text);
        return one.get(who, id).orElseThrow().updatedAt();
    }

    private static void append(HybridHistoryStore store, Owner who, String id, String text) {
        store.append(who, id, List.of(NewMessage.of("user", text)), AppendOptions.CREATE);
    }

    private Window read(HybridHistoryStore store, String id) {
        return store.read(owner, id, Slice.newest(20));
    }

    private List<String> ids() {
        return one.list(owner, ListQuery.newest(100)).data().stream()
                .map(Conversation::id)
                .toList();
    }
}
