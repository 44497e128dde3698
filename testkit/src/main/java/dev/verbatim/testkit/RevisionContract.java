package dev.verbatim.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.AppendOptions;
import dev.verbatim.Appended;
import dev.verbatim.Conversation;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.ConversationUpdate;
import dev.verbatim.Edited;
import dev.verbatim.GenerationChangedException;
import dev.verbatim.InvalidInputException;
import dev.verbatim.ListQuery;
import dev.verbatim.Message;
import dev.verbatim.MessageEdit;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;

/** What changing a history otherwise than by appends promises. */
interface RevisionContract extends StoreUnderTest {
    /** An edit that says something else. */
    private static MessageEdit edit(String content) {
        return MessageEdit.fromJson("{\"content\":\"" + content + "\"}");
    }

    @Test
    default void anEditReplacesWhatItNamesAndLeavesTheRest() {
        Owner owner = someone();
        NewMessage said = NewMessage.fromJson("{\"role\":\"user\",\"content\":\"a\",\"n\":1e400 ,\"tokens_used\":7,"
                + "\"model\":\"m1\",\"\\u0078\": [ 1 ],\"created_at\":\"2020-01-02T03:04:05Z\"}");
        Appended appended = say(owner, "c", NewMessage.of("system", "s"), said, NewMessage.of("user", "last"));
        String id = appended.messages().get(1).id();
        Edited edited = store().edit(
                        owner,
                        "c",
                        id,
                        MessageEdit.fromJson("{ \"content\" : null, \"new\": {\"k\": 1.0}, \"tokens_used\": 1.5,"
                                + "\"x\":2, \"model\":\"m2\", \"latency_ms\": 3, \"seq\": 99}"))
                .orElseThrow();
        assertThat(edited.message().json())
                .isEqualTo("{\"id\":\"" + id + "\",\"seq\":2,\"created_at\":\"2020-01-02T03:04:05.000000Z\","
                        + "\"role\":\"user\",\"latency_ms\":3,\"model\":\"m2\",\"tokens_used\":1.5,\"content\":null,"
                        + "\"n\":1e400,\"x\":2,\"new\":{\"k\":1.0}}");
        assertThat(edited.gen()).isGreaterThan(appended.gen());
        assertThat(edited.lastSeq()).isEqualTo(3);
        assertThat(history(owner, "c"))
                .containsExactly(
                        appended.messages().get(0).json(),
                        edited.message().json(),
                        appended.messages().get(2).json());
        assertThat(store().message(owner, "c", id)).contains(edited.message());
        assertThat(store().get(owner, "c").orElseThrow().gen()).isEqualTo(edited.gen());
        assertThat(store().read(owner, "c", Slice.newest(1)).gen()).isEqualTo(edited.gen());
    }

    @Test
    default void aMessageIsFoundByABroughtIdAndMaySayWhoItIs() {
        Owner owner = someone();
        Message said = say(owner, "c", withId("m", "a")).messages().getFirst();
        String whole = said.json().replace("\"a\"", "\"b\"").replace("\"user\"", "\"developer\"");
        assertThat(store().edit(owner, "c", "m", MessageEdit.fromJson(whole))
                        .orElseThrow()
                        .message()
                        .json())
                .isEqualTo(whole);
        assertThat(say(owner, "c", NewMessage.fromJson(whole)).lastSeq()).isEqualTo(1);
    }

    @Test
    default void anEditThatSaysWhatIsThereChangesNothing() {
        Owner owner = someone();
        long gen = say(owner, "c", withId("m", "a")).gen();
        Conversation before = store().get(owner, "c").orElseThrow();
        assertThat(store().edit(owner, "c", "m", edit("a")).orElseThrow().gen()).isEqualTo(gen);
        assertThat(store().edit(owner, "c", "m", MessageEdit.fromJson("{}"))
                        .orElseThrow()
                        .gen())
                .isEqualTo(gen);
        assertThat(store().truncate(owner, "c", 1, AppendOptions.EXISTING)).isEqualTo(before);
        assertThat(store().truncate(owner, "c", 7, AppendOptions.EXISTING)).isEqualTo(before);
        assertThat(store().get(owner, "c")).contains(before);
    }

    @Test
    default void anEditThatCannotBeIsRefused() {
        Owner owner = someone();
        say(owner, "c", withId("m", "a"));
        List<String> before = history(owner, "c");
        for (String bad : List.of(
                "{\"id\":\"other\"}",
                "{\"created_at\":\"2001-01-01T00:00:00Z\"}",
                "{\"more\":\"" + "x".repeat(NewMessage.MAX_BYTES - 20) + "\"}")) {
            assertThatThrownBy(() -> store().edit(owner, "c", "m", MessageEdit.fromJson(bad)))
                    .isInstanceOf(InvalidInputException.class);
        }
        for (String bad : List.of("", "[]", "{\"role\":null}", "{\"role\":\"\"}", "{\"a\":1,\"a\":2}", "{} {}")) {
            assertThatThrownBy(() -> MessageEdit.fromJson(bad)).isInstanceOf(InvalidInputException.class);
        }
        assertThat(store().edit(owner, "c", "none", edit("b"))).isEmpty();
        assertThat(store().edit(owner, "c", "\0\ud800", edit("b"))).isEmpty();
        assertThatThrownBy(() -> store().edit(owner, "d", "m", edit("b")))
                .isInstanceOf(ConversationNotFoundException.class);
        assertThat(history(owner, "c")).isEqualTo(before);
    }

    @Test
    default void truncatingTakesTheEndAwayAndWhatComesNextFollows() {
        Owner owner = someone();
        Appended appended = sayMany(owner, "c", 30);
        say(owner, "c", withId("m", "again"));
        history(owner, "c");
        Conversation left = store().truncate(owner, "c", 28, AppendOptions.EXISTING);
        assertThat(left.lastSeq()).isEqualTo(28);
        assertThat(left.gen()).isGreaterThan(appended.gen());
        List<Message> kept = appended.messages().subList(0, 28);
        assertThat(history(owner, "c")).isEqualTo(lines(kept));
        assertThat(store().message(owner, "c", appended.messages().get(28).id()))
                .isEmpty();
        assertThat(store().message(owner, "c", "m")).isEmpty();
        Appended next = say(owner, "c", withId("m", "another"));
        assertThat(next.lastSeq()).isEqualTo(29);
        assertThat(next.gen()).isEqualTo(left.gen());
        assertThat(store().read(owner, "c", Slice.newest(2)).messages())
                .containsExactly(kept.getLast(), next.messages().getFirst());
        assertThat(store().truncate(owner, "c", 0, AppendOptions.EXISTING).lastSeq())
                .isZero();
        assertThat(history(owner, "c")).isEmpty();
        assertThatThrownBy(() -> store().truncate(owner, "d", 0, AppendOptions.EXISTING))
                .isInstanceOf(ConversationNotFoundException.class);
        assertThatThrownBy(() -> store().truncate(owner, "c", -1, AppendOptions.EXISTING))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    default void whoInsistsOnThePastGenerationChangesNothing() {
        Owner owner = someone();
        long first = say(owner, "c", withId("m", "a")).gen();
        long second = store().edit(owner, "c", "m", edit("b").ifGen(first))
                .orElseThrow()
                .gen();
        refusesAllOf(owner, first);
        say(owner, "c", withId("n", "more"));
        long third = store().truncate(owner, "c", 1, AppendOptions.EXISTING.onlyOf(second))
                .gen();
        assertThat(third).isGreaterThan(second);
        refusesAllOf(owner, first);
        refusesAllOf(owner, second);
        AppendOptions now = AppendOptions.EXISTING.onlyOf(third);
        assertThat(store().append(owner, "c", List.of(withId("o", "x")), now).lastSeq())
                .isEqualTo(2);
    }

    private void refusesAllOf(Owner owner, long gen) {
        List<String> before = history(owner, "c");
        AppendOptions past = AppendOptions.EXISTING.onlyOf(gen);
        List<Runnable> calls = List.of(
                () -> store().append(owner, "c", List.of(NewMessage.of("user", "late")), past),
                () -> store().edit(owner, "c", "m", edit("late").ifGen(gen)),
                () -> store().truncate(owner, "c", 0, past),
                () -> store().fork(owner, "c", OptionalLong.empty(), past),
                () -> store().update(
                                owner,
                                "c",
                                ConversationUpdate.NONE.title("late").ifGen(gen)),
                () -> store().delete(owner, "c", past));
        for (Runnable call : calls) {
            assertThatThrownBy(call::run).isInstanceOf(GenerationChangedException.class);
        }
        assertThat(history(owner, "c")).isEqualTo(before);
    }

    @Test
    default void aForkHasTheSameMessagesAndGoesItsOwnWay() {
        Owner owner = someone();
        say(owner, "c", NewMessage.of("user", "a title"));
        say(owner, "c", NewMessage.fromJson("{\"role\":\"user\",\"created_at\":\"1969-12-31T23:59:59.999500Z\"}"));
        say(owner, "c", withId("m", "brought"), NewMessage.fromJson("{\"role\":\"tool\",\"tokens_used\":3,\"a\":[]}"));
        store().update(owner, "c", ConversationUpdate.NONE.metadata("{\"k\":1.0}"));
        List<String> all = history(owner, "c");
        Conversation fork = store().fork(owner, "c", OptionalLong.of(3), AppendOptions.EXISTING);
        assertThat(fork.id()).isNotEqualTo("c");
        assertThat(fork.title()).isEqualTo("a title");
        assertThat(fork.metadata()).isEqualTo("{\"k\":1.0}");
        assertThat(fork.lastSeq()).isEqualTo(3);
        assertThat(store().get(owner, fork.id())).contains(fork);
        assertThat(history(owner, fork.id())).isEqualTo(all.subList(0, 3));
        Conversation whole = store().fork(owner, "c", OptionalLong.empty(), AppendOptions.EXISTING);
        assertThat(history(owner, whole.id())).isEqualTo(all);
        say(owner, fork.id(), NewMessage.of("user", "elsewhere"));
        Message first =
                store().read(owner, fork.id(), Slice.newest(9)).messages().getFirst();
        assertThat(store().edit(owner, fork.id(), first.id(), edit("other"))).isPresent();
        assertThat(history(owner, "c")).isEqualTo(all);
        assertThat(history(owner, whole.id())).isEqualTo(all);
    }

    @Test
    default void aForkThatCannotBeLeavesNothing() {
        Owner owner = someone();
        say(owner, "c", withId("m", "a"));
        for (long beyond : new long[] {2, -1}) {
            assertThatThrownBy(() -> store().fork(owner, "c", OptionalLong.of(beyond), AppendOptions.EXISTING))
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            e -> assertThat(e.param()).isEqualTo("at_seq"));
        }
        for (Owner other : List.of(owner, someone())) {
            assertThatThrownBy(() -> store().fork(other, "d", OptionalLong.empty(), AppendOptions.EXISTING))
                    .isInstanceOf(ConversationNotFoundException.class);
        }
        assertThat(store().list(owner, ListQuery.newest(10)).data()).hasSize(1);
        Conversation empty = store().fork(owner, "c", OptionalLong.of(0), AppendOptions.EXISTING);
        assertThat(history(owner, empty.id())).isEmpty();
    }
}
