package dev.verbatim.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.InvalidInputException;
import dev.verbatim.Message;
import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.Parts;
import dev.verbatim.Slice;
import dev.verbatim.Window;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What a read promises. */
interface ReadContract extends StoreUnderTest {
    @Test
    default void seesEachMessageAsSoonAsItIsAcknowledged() {
        Owner owner = someone();
        for (int i = 1; i <= 60; i++) {
            String said = say(owner, "c", NewMessage.of("user", "m" + i))
                    .messages()
                    .getFirst()
                    .json();
            Window newest = store().read(owner, "c", Slice.newest(1));
            assertThat(lines(newest.messages())).containsExactly(said);
            assertThat(newest.lastSeq()).isEqualTo(i);
        }
    }

    @Test
    default void everySliceIsTheRunThatWasAskedFor() {
        Owner owner = someone();
        List<Message> all = sayMany(owner, "c", 45).messages();
        for (int limit : new int[] {1, 2, 20, 45, 100}) {
            checkSlice(owner, all, Slice.newest(limit));
            for (long at = 0; at <= 47; at++) {
                checkSlice(owner, all, Slice.after(at, limit));
                checkSlice(owner, all, Slice.before(at + 1, limit));
                for (long before = 1; before <= 47; before += 9) {
                    checkSlice(owner, all, new Slice(OptionalLong.of(at), OptionalLong.of(before), limit, 0, false));
                }
            }
        }
    }

    private void checkSlice(Owner owner, List<Message> all, Slice slice) {
        long after = slice.after().orElse(0);
        long before = slice.before().orElse(Long.MAX_VALUE);
        List<Message> range =
                all.stream().filter(m -> m.seq() > after && m.seq() < before).toList();
        int size = Math.min(slice.limit(), range.size());
        List<Message> expected =
                slice.after().isPresent() ? range.subList(0, size) : range.subList(range.size() - size, range.size());
        Window window = store().read(owner, "c", slice);
        assertThat(window.messages()).as("%s", slice).isEqualTo(expected);
        assertThat(window.hasMore()).as("%s", slice).isEqualTo(range.size() > size);
        assertThat(window.lastSeq()).isEqualTo(all.size());
    }

    @Test
    default void aConversationWithoutMessagesIsEmptyAndOneThatIsNotThereAnError() {
        Owner owner = someone();
        assertThatThrownBy(() -> store().read(owner, "c", Slice.newest(20)))
                .isInstanceOf(ConversationNotFoundException.class);
        store().create(owner, NewConversation.withId("c"));
        for (int i = 0; i < 3; i++) {
            Window empty = store().read(owner, "c", Slice.newest(20));
            assertThat(empty.messages()).isEmpty();
            assertThat(empty.hasMore()).isFalse();
            assertThat(empty.lastSeq()).isZero();
        }
    }

    @Test
    default void anOwnerNeverReadsAnothersConversationOfTheSameId() {
        Owner one = someone();
        Owner other = someone();
        say(one, "c", NewMessage.of("user", "secret"));
        assertThatThrownBy(() -> store().read(other, "c", Slice.newest(20)))
                .isInstanceOf(ConversationNotFoundException.class);
        say(other, "c", NewMessage.of("user", "mine"));
        assertThat(history(other, "c")).hasSize(1).first().asString().contains("mine");
        assertThat(history(one, "c")).hasSize(1).first().asString().contains("secret");
    }

    @Test
    default void theGenerationStaysWithAppendsAndTheEndGrows() {
        Owner owner = someone();
        say(owner, "c", NewMessage.of("user", "a"));
        Window before = store().read(owner, "c", Slice.newest(20));
        say(owner, "c", NewMessage.of("user", "b"));
        Window after = store().read(owner, "c", Slice.newest(20).minSeq(2));
        assertThat(after.gen()).isEqualTo(before.gen());
        assertThat(after.lastSeq()).isEqualTo(2);
    }

    @Test
    default void aReadThatAsksForMoreThanThereIsAnswersWithWhatIsThere() {
        Owner owner = someone();
        say(owner, "c", NewMessage.of("user", "a"));
        assertThat(store().read(owner, "c", Slice.newest(20).minSeq(99)).messages())
                .hasSize(1);
        assertThat(store().read(owner, "c", Slice.newest(20).freshly()).messages())
                .hasSize(1);
        assertThat(store().read(owner, "c", Slice.after(7, 20)).messages()).isEmpty();
    }

    @Test
    default void aLongConversationIsReadPageByPage() {
        Owner owner = someone();
        for (int i = 0; i < 3; i++) {
            sayMany(owner, "c", 500);
        }
        long at = 0;
        for (Window page = store().read(owner, "c", Slice.after(0, 400));
                !page.messages().isEmpty(); ) {
            assertThat(page.messages())
                    .extracting(Message::seq)
                    .containsExactlyElementsOf(LongStream.rangeClosed(at + 1, Math.min(at + 400, 1500))
                            .boxed()
                            .toList());
            at = page.messages().getLast().seq();
            page = store().read(owner, "c", Slice.after(at, 400));
        }
        assertThat(at).isEqualTo(1500);
    }

    @Test
    default void findsOneMessageByItsId() {
        Owner owner = someone();
        Message brought = say(owner, "c", withId("my/id", "a")).messages().getFirst();
        Message made = say(owner, "c", NewMessage.of("user", "b")).messages().getFirst();
        assertThat(store().message(owner, "c", "my/id")).contains(brought);
        assertThat(store().message(owner, "c", made.id())).contains(made);
        assertThat(store().message(owner, "c", "other")).isEmpty();
        say(owner, "d", NewMessage.of("user", "x"));
        assertThat(store().message(owner, "d", made.id())).isEmpty();
        assertThatThrownBy(() -> store().message(owner, "e", made.id()))
                .isInstanceOf(ConversationNotFoundException.class);
    }

    @Test
    default void numbersOutOfRangeAreRefused() {
        for (int limit : new int[] {0, -1, 1001}) {
            assertThatThrownBy(() -> Slice.newest(limit))
                    .isInstanceOfSatisfying(
                            InvalidInputException.class,
                            e -> assertThat(e.param()).isEqualTo("limit"));
        }
        assertThatThrownBy(() -> Slice.after(-1, 1)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> Slice.before(0, 1)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    default void partsMakeUpTheWholeHistoryAndNoneIsLarge() {
        Owner owner = someone();
        List<String> expected = new ArrayList<>();
        for (int size : new int[] {10, 600_000, 700_000, 1_500_000, 20}) {
            expected.addAll(lines(
                    say(owner, "c", NewMessage.of("user", "x".repeat(size))).messages()));
        }
        expected.addAll(lines(sayMany(owner, "c", 1_000).messages()));
        List<String> found = new ArrayList<>();
        Window part = store().part(owner, "c", 0);
        while (true) {
            assertThat(part.lastSeq()).isEqualTo(1_005);
            found.addAll(lines(part.messages()));
            assertThat(part.messages().stream()
                            .limit(part.messages().size() - 1L)
                            .mapToLong(message -> message.bytes().length)
                            .sum())
                    .isLessThan(Parts.BYTES);
            if (!part.hasMore()) {
                break;
            }
            part = store().part(owner, "c", found.size());
        }
        assertThat(found).isEqualTo(expected);
        assertThat(store().part(owner, "c", 1_005).messages()).isEmpty();
        assertThatThrownBy(() -> store().part(owner, "c", -1)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> store().part(owner, "d", 0)).isInstanceOf(ConversationNotFoundException.class);
    }
}
