package dev.verbatim.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.AppendOptions;
import dev.verbatim.Conversation;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.ConversationUpdate;
import dev.verbatim.Created;
import dev.verbatim.GenerationChangedException;
import dev.verbatim.InvalidInputException;
import dev.verbatim.ListQuery;
import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.Page;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** What making, listing, changing and deleting conversations promises. */
interface ConversationsContract extends StoreUnderTest {
    @Test
    default void makesAConversationOnce() {
        Owner owner = someone();
        Created first = store().create(owner, new NewConversation("c", "Title", "{ \"a\": 1.0 }"));
        assertThat(first.created()).isTrue();
        assertThat(first.conversation().metadata()).isEqualTo("{\"a\":1.0}");
        assertThat(first.conversation().lastSeq()).isZero();
        Created again = store().create(owner, new NewConversation("c", "Another", null));
        assertThat(again.created()).isFalse();
        assertThat(again.conversation()).isEqualTo(first.conversation());
        assertThat(store().get(owner, "c")).contains(first.conversation());
    }

    @Test
    default void makesAnIdWhenNoneIsBrought() {
        Owner owner = someone();
        Conversation made = store().create(owner, NewConversation.withId(null)).conversation();
        assertThat(made.id()).hasSize(36);
        assertThat(store().get(owner, made.id())).contains(made);
        assertThat(store().create(owner, NewConversation.withId(null))
                        .conversation()
                        .id())
                .isNotEqualTo(made.id());
    }

    @Test
    default void comparesIdsExactly() {
        Owner owner = someone();
        List<String> ids =
                List.of("c", "C", " c", "c ", "c/d", "\u00e9", "e\u0301", "\ud83d\ude00", "a".repeat(255), "..c");
        ids.forEach(id -> say(owner, id, NewMessage.of("user", "in " + id)));
        for (String id : ids) {
            assertThat(history(owner, id)).hasSize(1).first().asString().contains("in " + id);
            assertThat(store().get(owner, id))
                    .get()
                    .extracting(Conversation::id)
                    .isEqualTo(id);
        }
        String longest = "\ud83d\ude00".repeat(255);
        say(owner, longest, NewMessage.of("user", "x").withId(longest));
        assertThat(store().message(owner, longest, longest)).isPresent();
        for (String bad :
                List.of("", "a".repeat(256), "\ud83d\ude00".repeat(256), "a\0b", "a\nb", ".", "..", "\ud800")) {
            assertThatThrownBy(() -> store().get(owner, bad)).isInstanceOf(InvalidInputException.class);
            assertThatThrownBy(() -> NewConversation.withId(bad)).isInstanceOf(InvalidInputException.class);
        }
    }

    @Test
    default void takesItsTitleFromTheFirstThingAUserSays() {
        Owner owner = someone();
        say(owner, "c", NewMessage.of("system", "Be kind."), NewMessage.of("user", "  Hello\nthere, \u0000 world  "));
        say(owner, "c", NewMessage.of("user", "Something else"));
        assertThat(title(owner, "c")).isEqualTo("Hello there, \ufffd world");
        String longer = "A first message that is a good deal longer than a title may be";
        say(owner, "d", NewMessage.of("user", longer));
        assertThat(title(owner, "d")).isEqualTo("A first message that is a good deal longer than a");
        say(
                owner,
                "e",
                NewMessage.fromJson("{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":"
                        + "{\"url\":\"x\"}},{\"type\":\"text\",\"text\":\"What is this?\"}]}"));
        assertThat(title(owner, "e")).isEqualTo("What is this?");
        store().create(owner, new NewConversation("f", "Given", null));
        say(owner, "f", NewMessage.of("user", "Said"));
        assertThat(title(owner, "f")).isEqualTo("Given");
    }

    private String title(Owner owner, String id) {
        String title = store().get(owner, id).orElseThrow().title();
        return title == null ? "no title" : title;
    }

    @Test
    default void renamingLeavesTheTimeOfLastActivity() {
        Owner owner = someone();
        say(owner, "c", NewMessage.of("user", "hi"));
        Conversation before = store().get(owner, "c").orElseThrow();
        Conversation renamed = store().update(owner, "c", ConversationUpdate.NONE.title("New"));
        assertThat(renamed.title()).isEqualTo("New");
        assertThat(renamed.updatedAt()).isEqualTo(before.updatedAt());
        assertThat(renamed.metadata()).isEqualTo("{}");
        Conversation changed = store().update(owner, "c", ConversationUpdate.NONE.metadata("{\"n\": 1e400}"));
        assertThat(changed.title()).isEqualTo("New");
        assertThat(changed.metadata()).isEqualTo("{\"n\":1e400}");
        assertThat(store().get(owner, "c")).contains(changed);
        say(owner, "c", NewMessage.of("user", "more"));
        assertThat(title(owner, "c")).isEqualTo("New");
        assertThatThrownBy(() -> store().update(
                                owner, "c", ConversationUpdate.NONE.title("x").ifGen(changed.gen() + 1)))
                .isInstanceOf(GenerationChangedException.class);
        assertThatThrownBy(() -> store().update(owner, "d", ConversationUpdate.NONE.title("x")))
                .isInstanceOf(ConversationNotFoundException.class);
    }

    @Test
    default void deletingTakesConversationAndMessagesAway() {
        Owner owner = someone();
        long gen = say(owner, "c", withId("m", "a")).gen();
        assertThatThrownBy(() -> store().delete(owner, "c", AppendOptions.EXISTING.onlyOf(gen + 1)))
                .isInstanceOf(GenerationChangedException.class);
        assertThat(store().delete(owner, "c", AppendOptions.EXISTING)).isTrue();
        assertThat(store().delete(owner, "c", AppendOptions.EXISTING)).isFalse();
        assertThat(store().get(owner, "c")).isEmpty();
        assertThat(store().list(owner, ListQuery.newest(10)).data()).isEmpty();
        assertThatThrownBy(() -> history(owner, "c")).isInstanceOf(ConversationNotFoundException.class);
        Conversation again = store().create(owner, NewConversation.withId("c")).conversation();
        assertThat(again.gen()).isGreaterThan(gen);
        assertThat(again.lastSeq()).isZero();
    }

    @Test
    default void listsByLastActivityEachOnceOverThePages() {
        Owner owner = someone();
        List<String> made = IntStream.range(0, 25).mapToObj(i -> "c" + i).toList();
        made.forEach(id -> say(owner, id, NewMessage.of("user", "hi " + id)));
        say(owner, "c3", NewMessage.of("user", "again"));
        List<String> expected = new ArrayList<>(made.reversed());
        expected.remove("c3");
        expected.addFirst("c3");
        List<String> listed = new ArrayList<>();
        Page<Conversation> page = store().list(owner, ListQuery.newest(7));
        page.data().forEach(c -> listed.add(c.id()));
        for (String next = page.next(); next != null; next = page.next()) {
            say(owner, "c24", NewMessage.of("user", "meanwhile"));
            page = store().list(owner, new ListQuery(7, next, null));
            page.data().forEach(c -> listed.add(c.id()));
        }
        assertThat(listed).isEqualTo(expected);
    }

    @Test
    default void listsWithTheFirstLineOfTheNewestMessage() {
        Owner owner = someone();
        store().create(owner, NewConversation.withId("empty"));
        say(owner, "text", NewMessage.of("user", "first"), NewMessage.of("assistant", "\n Last one \nmore"));
        say(owner, "long", NewMessage.of("user", "x\\".repeat(100_000)));
        say(owner, "call", NewMessage.fromJson("{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[]}"));
        List<@Nullable String> previews = new ArrayList<>();
        store().list(owner, ListQuery.newest(10)).data().forEach(c -> previews.add(c.preview()));
        assertThat(previews).containsExactly(null, "x\\".repeat(100), "Last one", null);
        assertThat(store().get(owner, "text"))
                .get()
                .extracting(Conversation::preview)
                .isNull();
        store().truncate(owner, "text", 1, AppendOptions.EXISTING);
        assertThat(store().list(owner, ListQuery.newest(1)).data().getFirst().preview())
                .isEqualTo("first");
    }

    @Test
    default void listsAllEachOnceWhateverIsTouchedMeanwhile() {
        Owner owner = someone();
        List<String> made = IntStream.range(0, 25).mapToObj(i -> "c" + i).toList();
        made.forEach(id -> say(owner, id, NewMessage.of("user", "hi " + id)));
        say(someone(), "another's", NewMessage.of("user", "hi"));
        List<String> listed = new ArrayList<>();
        Page<Conversation> page = store().listAll(owner, null, 7);
        page.data().forEach(c -> listed.add(c.id()));
        for (String next = page.next(); next != null; next = page.next()) {
            made.forEach(id -> say(owner, id, NewMessage.of("user", "meanwhile")));
            page = store().listAll(owner, next, 7);
            page.data().forEach(c -> listed.add(c.id()));
        }
        assertThat(listed).containsExactlyInAnyOrderElementsOf(made);
        assertThat(page.data().getFirst())
                .isEqualTo(store().get(owner, page.data().getFirst().id()).orElseThrow());
    }

    @Test
    default void aConversationMayHaveBeenMadeBefore() {
        Owner owner = someone();
        Instant before = Instant.parse("1999-12-31T23:59:59.123456Z");
        Conversation made = store().create(owner, new NewConversation("c", null, null, before.plusNanos(7)))
                .conversation();
        assertThat(made.createdAt()).isEqualTo(before);
        assertThat(made.updatedAt()).isEqualTo(before);
        assertThat(store().get(owner, "c")).contains(made);
        assertThatThrownBy(() -> new NewConversation("c", null, null, Instant.MAX))
                .isInstanceOf(InvalidInputException.class);
    }

    @Test
    default void whatWasSaidElsewhereIsListedWhereItsTimesBelong() {
        Owner owner = someone();
        Instant now = store().create(owner, NewConversation.withId("now"))
                .conversation()
                .updatedAt();
        for (String year : List.of("2020", "2022", "2021")) {
            Instant made = Instant.parse(year + "-01-01T00:00:00Z");
            store().create(owner, new NewConversation(year, null, null, made));
            store().append(
                            owner,
                            year,
                            List.of(saidOn(year + "-05-02"), saidOn(year + "-05-01")),
                            AppendOptions.EXISTING.moving());
        }
        assertThat(ids(owner, null)).containsExactly("now", "2022", "2021", "2020");
        assertThat(active(owner, "2021")).isEqualTo("2021-05-02T00:00:00Z");

        store().append(owner, "2021", List.of(saidOn("2019-01-01")), AppendOptions.EXISTING.moving());
        assertThat(active(owner, "2021")).isEqualTo("2021-05-02T00:00:00Z");
        store().append(owner, "2021", List.of(saidOn("9999-01-01")), AppendOptions.EXISTING.moving());
        assertThat(active(owner, "2021")).isBetween(now, now.plus(Duration.ofDays(1)));
        store().append(owner, "2020", List.of(saidOn("2020-06-01")), AppendOptions.EXISTING);
        assertThat(ids(owner, null)).containsExactly("2020", "2021", "now", "2022");
    }

    private Instant active(Owner owner, String id) {
        return store().get(owner, id).orElseThrow().updatedAt();
    }

    private static NewMessage saidOn(String day) {
        return NewMessage.fromJson("{\"role\":\"user\",\"created_at\":\"" + day + "T00:00:00Z\"}");
    }

    @Test
    default void listsByWordsOfTheTitle() {
        Owner owner = someone();
        store().create(owner, new NewConversation("a", "Caf\u00e9 100%_", null));
        store().create(owner, new NewConversation("b", "Garden", null));
        store().create(owner, NewConversation.withId("c"));
        assertThat(ids(owner, "caf")).containsExactly("a");
        assertThat(ids(owner, "100%_")).containsExactly("a");
        assertThat(ids(owner, "%")).containsExactly("a");
        assertThat(ids(owner, "nothing")).isEmpty();
        assertThat(ids(owner, null)).containsExactly("c", "b", "a");
    }

    private List<String> ids(Owner owner, @Nullable String words) {
        return store().list(owner, new ListQuery(10, null, words)).data().stream()
                .map(Conversation::id)
                .toList();
    }

    @Test
    default void aPlaceThatIsNotOfThisListIsRefused() {
        Owner owner = someone();
        for (String bad : List.of("x", "12", "!!!", "AAAA")) {
            assertThatThrownBy(() -> store().list(owner, new ListQuery(10, bad, null)))
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            e -> assertThat(e.param()).isEqualTo("after"));
        }
    }

    @Test
    default void erasingAnOwnerTakesAllThatIsTheirsAndNothingElse() {
        Owner gone = someone();
        Owner stays = someone();
        say(gone, "c", NewMessage.of("user", "a"));
        say(gone, "d", NewMessage.of("user", "a"));
        say(stays, "c", NewMessage.of("user", "b"));
        store().erase(gone);
        assertThat(store().list(gone, ListQuery.newest(10)).data()).isEmpty();
        assertThatThrownBy(() -> history(gone, "c")).isInstanceOf(ConversationNotFoundException.class);
        assertThatThrownBy(() -> say(gone, "c", withId("m", "late")))
                .isInstanceOf(dev.verbatim.ConversationGoneException.class);
        assertThatThrownBy(() -> say(gone, "never seen", withId("m", "late")))
                .isInstanceOf(dev.verbatim.ConversationGoneException.class);
        assertThat(history(stays, "c")).hasSize(1);
        store().create(gone, NewConversation.withId("c"));
        assertThat(history(gone, "c")).isEmpty();
        assertThat(say(gone, "another", NewMessage.of("user", "back again")).lastSeq())
                .isEqualTo(1);
    }

    @Test
    default void saysHowItIs() {
        assertThat(store().check().log()).isTrue();
        assertThat(store().check().cache()).isTrue();
    }
}
