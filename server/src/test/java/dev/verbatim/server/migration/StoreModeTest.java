package dev.verbatim.server.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.AppendOptions;
import dev.verbatim.Conversation;
import dev.verbatim.ConversationGoneException;
import dev.verbatim.ConversationKey;
import dev.verbatim.ConversationUpdate;
import dev.verbatim.HistoryConfig;
import dev.verbatim.HistoryStore;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.ListQuery;
import dev.verbatim.Message;
import dev.verbatim.MessageEdit;
import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.UnavailableException;
import dev.verbatim.testkit.RandomJson;
import dev.verbatim.testkit.RealServers;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What was written in one mode is there in the next, in each direction. */
class StoreModeTest {
    private static final Owner ANN = Owner.named("ann");
    private static final Owner BOB = Owner.named("other application", "bob");
    private static final Owner CARL = Owner.named("carl");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    private final HistoryConfig config = HistoryConfig.of(RealServers.newDatabase(), RealServers.emptyRedis());

    @BeforeEach
    void nothingWasLeft() {
        assertThat(file()).doesNotExist();
    }

    private Path file() {
        return directory.resolve("sessions.jsonl");
    }

    private HistoryStore open(StoreMode mode) {
        HybridHistoryStore hybrid = HybridHistoryStore.open(config);
        try {
            return mode.open(hybrid, directory);
        } catch (RuntimeException e) {
            hybrid.close();
            throw e;
        }
    }

    /** What clients see of an owner, in the order of a list; without what each store gives by itself. */
    private static List<String> shown(HistoryStore store, Owner owner) {
        List<String> all = new ArrayList<>();
        for (Conversation c : store.list(owner, ListQuery.newest(1_000)).data()) {
            all.add(c.id() + " " + c.title() + " " + c.metadata() + " " + c.createdAt() + " " + c.lastSeq());
            Moving.messages(store, owner, c.id(), Long.MAX_VALUE).forEach(m -> all.add(m.json()));
        }
        return all;
    }

    private static void assertSame(HistoryStore store, List<String> ann, List<String> bob) {
        assertThat(shown(store, ANN)).isEqualTo(ann);
        assertThat(shown(store, BOB)).isEqualTo(bob);
        if (store instanceof DualHistoryStore dual) {
            assertThat(dual.differences().all()).isEmpty();
        }
    }

    private static void say(HistoryStore store, Owner owner, String id, NewMessage... messages) {
        store.append(owner, id, List.of(messages), AppendOptions.CREATE);
    }

    private static void sayMuch(HistoryStore store) {
        List<String> random = RandomJson.withSeed(7).messages(20);
        store.create(ANN, new NewConversation("titled", "A title", "{\"n\":1e400}"));
        for (int i = 0; i < 20; i++) {
            say(store, ANN, "c" + i % 3, NewMessage.fromJson(random.get(i)));
            say(store, BOB, "c" + i % 2, NewMessage.of("user", "hello " + i).withId("id-" + i));
        }
        store.update(ANN, "c1", ConversationUpdate.NONE.title("Other").metadata("{\"a\":[]}"));
        store.update(ANN, "c2", ConversationUpdate.NONE.title(null));
        store.fork(ANN, "c0", OptionalLong.of(3), AppendOptions.EXISTING);
        say(store, ANN, "gone", NewMessage.of("user", "away with it"));
        store.delete(ANN, "gone", AppendOptions.EXISTING);
    }

    /** Everything that is no append. */
    private static void change(HistoryStore store, String name) {
        say(store, ANN, name, NewMessage.of("user", name));
        Message first = Moving.messages(store, ANN, "c0", Long.MAX_VALUE).getFirst();
        store.edit(ANN, "c0", first.id(), MessageEdit.fromJson("{\"content\":\"changed in " + name + "\"}"));
        store.truncate(BOB, "c1", store.get(BOB, "c1").orElseThrow().lastSeq() - 1, AppendOptions.EXISTING);
        say(store, BOB, "c1", NewMessage.of("assistant", "anew in " + name));
        store.fork(BOB, "c1", OptionalLong.empty(), AppendOptions.EXISTING);
        say(store, ANN, "gone", NewMessage.of("user", name).withId("late-" + name));
    }

    private List<String> ann = List.of();
    private List<String> bob = List.of();

    private void in(StoreMode mode, String name) {
        try (HistoryStore store = open(mode)) {
            assertSame(store, ann, bob);
            store.create(ANN, NewConversation.withId("gone"));
            change(store, name);
            store.delete(ANN, "gone", AppendOptions.EXISTING);
            assertThatThrownBy(() -> say(store, ANN, "gone", NewMessage.of("user", "a late retry")))
                    .isInstanceOf(ConversationGoneException.class);
            ann = shown(store, ANN);
            bob = shown(store, BOB);
            assertSame(store, ann, bob);
        }
    }

    @Test
    void thereAndBackNothingIsLost() {
        try (HistoryStore memory = open(StoreMode.MEMORY)) {
            sayMuch(memory);
            ann = shown(memory, ANN);
            bob = shown(memory, BOB);
        }
        in(StoreMode.MEMORY, "memory-again");
        assertThat(file()).exists();
        in(StoreMode.DUAL, "dual");
        assertThat(file()).doesNotExist();
        in(StoreMode.HYBRID, "hybrid");
        in(StoreMode.DUAL, "dual-back");
        in(StoreMode.MEMORY, "memory-back");
        in(StoreMode.HYBRID, "straight-to-hybrid");
        in(StoreMode.DUAL, "and-dual");
    }

    @Test
    void whatMemoryDeletedOrNeverSavedIsSettledByWhatCounts() {
        try (HistoryStore hybrid = open(StoreMode.HYBRID)) {
            say(hybrid, ANN, "kept", NewMessage.of("user", "1"));
            say(hybrid, ANN, "deleted", NewMessage.of("user", "1"));
        }
        HybridHistoryStore killed = HybridHistoryStore.open(config);
        say(StoreMode.MEMORY.open(killed, directory), ANN, "kept", NewMessage.of("user", "lost with the process"));
        killed.close();
        try (HistoryStore memory = open(StoreMode.MEMORY)) {
            assertThat(memory.get(ANN, "kept").orElseThrow().lastSeq()).isEqualTo(1);
            memory.delete(ANN, "deleted", AppendOptions.EXISTING);
        }
        try (HistoryStore memory = open(StoreMode.MEMORY)) {
            assertThat(memory.get(ANN, "deleted")).isEmpty();
        }
        try (HistoryStore hybrid = open(StoreMode.HYBRID)) {
            assertThat(hybrid.get(ANN, "deleted")).isEmpty();
            assertThat(hybrid.get(ANN, "kept")).isPresent();
        }
    }

    private static void assertStaysGone(HistoryStore store, Owner owner, String id) {
        assertThatThrownBy(() -> say(store, owner, id, NewMessage.of("user", "a late retry")))
                .isInstanceOf(ConversationGoneException.class);
    }

    @Test
    void whatWasDeletedOrErasedStaysGoneInEachStore() {
        try (HistoryStore hybrid = open(StoreMode.HYBRID)) {
            say(hybrid, ANN, "stored", NewMessage.of("user", "1"));
            hybrid.delete(ANN, "stored", AppendOptions.EXISTING);
            say(hybrid, CARL, "c", NewMessage.of("user", "1"));
            hybrid.erase(CARL);
        }
        try (HistoryStore memory = open(StoreMode.MEMORY)) {
            say(memory, ANN, "held", NewMessage.of("user", "1"));
            memory.delete(ANN, "held", AppendOptions.EXISTING);
            say(memory, BOB, "c", NewMessage.of("user", "1"));
            memory.erase(BOB);
        }
        for (StoreMode mode : List.of(StoreMode.DUAL, StoreMode.HYBRID, StoreMode.MEMORY, StoreMode.MEMORY)) {
            try (HistoryStore store = open(mode)) {
                assertStaysGone(store, ANN, "stored");
                assertStaysGone(store, ANN, "held");
                assertStaysGone(store, BOB, "c");
                assertStaysGone(store, CARL, "c");
            }
        }
        try (HistoryStore memory = open(StoreMode.MEMORY)) {
            memory.create(ANN, NewConversation.withId("held"));
        }
        try (HistoryStore hybrid = open(StoreMode.HYBRID)) {
            say(hybrid, ANN, "held", NewMessage.of("user", "made again by intent"));
            assertStaysGone(hybrid, ANN, "stored");
        }
    }

    @Test
    void whatMemoryLeftIsAsOldAsItWasThere() {
        Instant active;
        try (HistoryStore memory = open(StoreMode.MEMORY)) {
            say(memory, ANN, "c", NewMessage.of("user", "1"));
            active = memory.get(ANN, "c").orElseThrow().updatedAt();
        }
        try (HistoryStore hybrid = open(StoreMode.HYBRID)) {
            assertThat(hybrid.get(ANN, "c").orElseThrow().updatedAt()).isEqualTo(active);
        }
    }

    @Test
    void aMoveThatWasBrokenOffGoesOn() {
        NewMessage[] five = {
            NewMessage.of("user", "1"),
            NewMessage.of("user", "2"),
            NewMessage.of("user", "3"),
            NewMessage.of("user", "4"),
            NewMessage.of("user", "5")
        };
        try (HistoryStore memory = open(StoreMode.MEMORY)) {
            say(memory, ANN, "c", five);
            ann = shown(memory, ANN);
        }
        InMemoryHistoryStore left = new InMemoryHistoryStore();
        new SessionFile(directory).read(new Sessions(left, new Origins()));
        try (HybridHistoryStore hybrid = HybridHistoryStore.open(config)) {
            Conversation c = left.get(ANN, "c").orElseThrow();
            hybrid.create(ANN, new NewConversation("c", null, null, c.createdAt()));
            List<NewMessage> two = left.part(ANN, "c", 0).messages().stream()
                    .limit(2)
                    .map(m -> NewMessage.again(ConversationKey.of(ANN, "c"), m))
                    .toList();
            hybrid.append(ANN, "c", two, AppendOptions.EXISTING);
        }
        try (HistoryStore dual = open(StoreMode.DUAL)) {
            assertSame(dual, ann, List.of());
        }
    }

    @Test
    void whatWentOnInBothIsKeptFromBoth() {
        try (HistoryStore memory = open(StoreMode.MEMORY)) {
            say(memory, ANN, "c", NewMessage.of("user", "in memory"));
        }
        try (HybridHistoryStore hybrid = HybridHistoryStore.open(config)) {
            say(hybrid, ANN, "c", NewMessage.of("user", "in PostgreSQL"));
        }
        try (HistoryStore hybrid = open(StoreMode.HYBRID)) {
            assertThat(Moving.messages(hybrid, ANN, "c", 9))
                    .singleElement()
                    .satisfies(m -> assertThat(m.json()).contains("in PostgreSQL"));
            assertThat(Moving.messages(hybrid, ANN, "c:memory", 9))
                    .singleElement()
                    .satisfies(m -> assertThat(m.json()).contains("in memory"));
        }
    }

    /** Messages may be brought with times of their own: the time of activity does not tell. */
    @Test
    void whatWasBroughtToPostgresqlMeanwhileIsKeptHoweverOldItIs() {
        try (HistoryStore hybrid = open(StoreMode.HYBRID)) {
            say(hybrid, ANN, "c", NewMessage.of("user", "before"));
            say(hybrid, ANN, "deleted", NewMessage.of("user", "before"));
        }
        try (HistoryStore memory = open(StoreMode.MEMORY)) {
            say(memory, ANN, "c", NewMessage.of("user", "in memory"));
            memory.delete(ANN, "deleted", AppendOptions.EXISTING);
        }
        try (HybridHistoryStore hybrid = HybridHistoryStore.open(config)) {
            NewMessage old = NewMessage.fromJson(
                    "{\"role\":\"user\",\"content\":\"in PostgreSQL\",\"created_at\":\"2020-01-01T00:00:00Z\"}");
            for (String id : List.of("c", "deleted")) {
                hybrid.append(ANN, id, List.of(old), AppendOptions.EXISTING.moving());
            }
        }
        try (HistoryStore hybrid = open(StoreMode.HYBRID)) {
            assertThat(contents(hybrid, "c")).containsExactly("before", "in PostgreSQL");
            assertThat(contents(hybrid, "c:memory")).containsExactly("before", "in memory");
            assertThat(contents(hybrid, "deleted")).containsExactly("before", "in PostgreSQL");
        }
    }

    @Test
    void whatWasChangedInPostgresqlMeanwhileIsKeptThoughItHasAsManyMessages() {
        List<String> ids = List.of("c", "deleted");
        try (HistoryStore hybrid = open(StoreMode.HYBRID)) {
            ids.forEach(id -> say(hybrid, ANN, id, NewMessage.of("user", "before")));
        }
        try (HistoryStore memory = open(StoreMode.MEMORY)) {
            say(memory, ANN, "c", NewMessage.of("user", "in memory"));
            memory.delete(ANN, "deleted", AppendOptions.EXISTING);
        }
        try (HybridHistoryStore hybrid = HybridHistoryStore.open(config)) {
            for (String id : ids) {
                String message = Moving.messages(hybrid, ANN, id, 1).getFirst().id();
                hybrid.edit(ANN, id, message, MessageEdit.fromJson("{\"content\":\"in PostgreSQL\"}"));
            }
        }
        try (HistoryStore hybrid = open(StoreMode.HYBRID)) {
            assertThat(contents(hybrid, "c")).containsExactly("in PostgreSQL");
            assertThat(contents(hybrid, "c:memory")).containsExactly("before", "in memory");
            assertThat(contents(hybrid, "deleted")).containsExactly("in PostgreSQL");
        }
    }

    private static List<String> contents(HistoryStore store, String id) {
        return Moving.messages(store, ANN, id, Long.MAX_VALUE).stream()
                .map(message -> message.json().replaceAll(".*\"content\":\"([^\"]*)\".*", "$1"))
                .toList();
    }

    @Test
    void whoIsErasedInMemoryIsNowhere() throws IOException {
        try (HistoryStore hybrid = open(StoreMode.HYBRID)) {
            say(hybrid, ANN, "c", NewMessage.of("user", "secret"));
        }
        open(StoreMode.MEMORY).close();
        HybridHistoryStore killed = HybridHistoryStore.open(config);
        StoreMode.MEMORY.open(killed, directory).erase(ANN);
        assertThat(killed.get(ANN, "c")).isEmpty();
        assertThat(Files.readString(file())).doesNotContain("secret", "ann");
        killed.close();
        try (HistoryStore memory = open(StoreMode.MEMORY)) {
            assertThat(memory.get(ANN, "c")).isEmpty();
        }
    }

    @Test
    void aFileThatIsNotWholeIsRefusedAndStays() throws IOException {
        try (HistoryStore memory = open(StoreMode.MEMORY)) {
            say(memory, ANN, "c", NewMessage.of("user", "1"), NewMessage.of("user", "2"));
        }
        List<String> lines = Files.readAllLines(file());
        Files.write(file(), lines.subList(0, lines.size() - 1));
        assertThatThrownBy(() -> open(StoreMode.DUAL))
                .isInstanceOf(UnavailableException.class)
                .hasMessageContaining("sessions.jsonl")
                .hasMessageContaining("ends too early");
        assertThat(file()).exists();
    }

    @Test
    void afterTheEndNothingIsAcknowledged() {
        HistoryStore memory = open(StoreMode.MEMORY);
        memory.close();
        assertThatThrownBy(() -> say(memory, ANN, "c", NewMessage.of("user", "too late")))
                .isInstanceOf(UnavailableException.class);
    }
}
