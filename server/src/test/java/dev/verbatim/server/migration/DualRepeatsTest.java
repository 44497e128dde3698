package dev.verbatim.server.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.AppendOptions;
import dev.verbatim.Appended;
import dev.verbatim.Claim;
import dev.verbatim.Conversation;
import dev.verbatim.ConversationGoneException;
import dev.verbatim.ConversationUpdate;
import dev.verbatim.HistoryConfig;
import dev.verbatim.HistoryStore;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.ListQuery;
import dev.verbatim.MessageEdit;
import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.RepeatableRequest;
import dev.verbatim.Requests.Turn;
import dev.verbatim.testkit.RealServers;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.OptionalLong;
import java.util.function.Function;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Changes of requests that may be sent again: a first try is compared as any change is, a repeat changes neither store. */
class DualRepeatsTest {
    private static final Owner ANN = Owner.named("ann");
    private static final NewMessage HELLO = NewMessage.of("user", "hello");

    private final HybridHistoryStore truth =
            HybridHistoryStore.open(HistoryConfig.of(RealServers.newDatabase(), RealServers.emptyRedis()));
    private final InMemoryHistoryStore memory = new InMemoryHistoryStore();
    private final DualHistoryStore dual = new DualHistoryStore(truth, memory);
    private int requests;

    @AfterEach
    void close() {
        dual.close();
    }

    /** A turn for a request that nobody sent before. */
    private Claim claim() {
        String id = HexFormat.of().toHexDigits(++requests);
        RepeatableRequest request = new RepeatableRequest(ANN, id, "aa", Duration.ofHours(24), false);
        return ((Turn) dual.requests().orElseThrow().claim(request)).claim();
    }

    private HistoryStore once() {
        return dual.once(claim());
    }

    private static Appended say(HistoryStore store, NewMessage... messages) {
        return store.append(ANN, "c", List.of(messages), AppendOptions.CREATE);
    }

    /** All that a store has of Ann, asked behind the other's back. */
    private static List<String> held(HistoryStore store) {
        List<String> all = new ArrayList<>();
        for (Conversation c : store.listAll(ANN, null, 100).data()) {
            all.add(c.id() + " " + c.title() + " " + c.metadata() + " " + c.lastSeq());
            Moving.messages(store, ANN, c.id(), Long.MAX_VALUE).forEach(m -> all.add(m.json()));
        }
        return all;
    }

    private void assertSame() {
        dual.list(ANN, ListQuery.newest(100)).data().forEach(c -> Moving.messages(dual, ANN, c.id(), Long.MAX_VALUE));
        assertThat(dual.differences().all()).isEmpty();
        assertThat(held(memory)).isEqualTo(held(truth));
    }

    /** What a client may send with a key, each after the one before. */
    private List<Function<HistoryStore, Object>> changes() {
        return List.of(
                store -> say(store, HELLO, NewMessage.of("assistant", "hi").withId("m2")),
                store -> store.create(ANN, new NewConversation(null, "made", null)),
                store -> store.update(ANN, "c", ConversationUpdate.NONE.title("other")),
                store -> store.edit(ANN, "c", "m2", MessageEdit.fromJson("{\"content\":\"hey\"}")),
                store -> store.fork(ANN, "c", OptionalLong.empty(), AppendOptions.EXISTING),
                store -> store.truncate(ANN, "c", 1, AppendOptions.EXISTING),
                store -> say(store, HELLO),
                store -> store.delete(ANN, "c", AppendOptions.EXISTING));
    }

    @Test
    void memoryFollowsAFirstTryAtOnce() {
        for (Function<HistoryStore, Object> change : changes()) {
            assertThat(change.apply(once())).isNotNull();
            assertThat(held(memory)).isEqualTo(held(truth));
        }
        assertSame();
        assertThat(dual.differences().comparisons()).isPositive();
    }

    @Test
    void aRepeatIsShownWhatTheFirstTryDidAndChangesNeither() {
        for (Function<HistoryStore, Object> change : changes()) {
            Claim claim = claim();
            Object first = change.apply(dual.once(claim));
            List<String> then = held(truth);
            assertThat(change.apply(dual.once(claim))).isEqualTo(first);
            assertThat(held(truth)).isEqualTo(then);
            assertSame();
        }
    }

    /** Another process did it, or this one did not hear how it ended. */
    @Test
    void memoryTakesOverWhatATryDidThatItWasNotToldOf() {
        for (Function<HistoryStore, Object> change : changes()) {
            Claim claim = claim();
            Object first = change.apply(truth.once(claim));
            assertThat(change.apply(dual.once(claim))).isEqualTo(first);
            assertSame();
        }
    }

    @Test
    void whatAnEarlierTryMadeAndIsGoneSinceIsGoneInBoth() {
        Claim claim = claim();
        Conversation made = truth.once(claim)
                .create(ANN, new NewConversation(null, null, null))
                .conversation();
        truth.delete(ANN, made.id(), AppendOptions.EXISTING);
        assertThatThrownBy(() -> dual.once(claim).create(ANN, new NewConversation(null, null, null)))
                .isInstanceOf(ConversationGoneException.class);
        assertSame();
    }

    @Test
    void whoeverAsksForARepeatIsToldOfIt() {
        List<String> told = new ArrayList<>();
        Claim claim = claim();
        HistoryStore view = dual.once(claim, () -> told.add("again"));
        say(view, HELLO);
        assertThat(told).isEmpty();
        say(view, HELLO);
        assertThat(told).containsExactly("again");
    }

    @Test
    void aDifferenceIsFoundAlthoughEveryRequestMayBeSentAgain() {
        say(once(), HELLO.withId("m1"));
        memory.edit(ANN, "c", "m1", MessageEdit.fromJson("{\"content\":\"something else\"}"));
        say(once(), HELLO);
        assertThat(dual.message(ANN, "c", "m1").orElseThrow().json()).contains("hello");
        assertThat(dual.differences().all())
                .singleElement()
                .satisfies(d -> assertThat(d.what()).isEqualTo("a message asked for by its id differs"));
    }

    @Test
    void whatMemoryLostIsFoundByTheNextAppend() {
        say(once(), HELLO);
        memory.remove(ANN, "c");
        say(once(), HELLO);
        assertThat(dual.differences().all())
                .singleElement()
                .satisfies(d -> assertThat(d.what()).isEqualTo("PostgreSQL has 2 messages, memory 1"));
    }

    @Test
    void theEndOfAViewIsNotTheEndOfTheStore() {
        HistoryStore view = once();
        say(view, HELLO);
        view.close();
        assertThat(dual.get(ANN, "c")).isPresent();
    }
}
