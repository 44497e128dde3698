package dev.verbatim.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.AppendOptions;
import dev.verbatim.Appended;
import dev.verbatim.ConflictException;
import dev.verbatim.ConversationGoneException;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.GenerationChangedException;
import dev.verbatim.InvalidInputException;
import dev.verbatim.Message;
import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** What an append promises. */
interface AppendContract extends StoreUnderTest {
    @Test
    default void numbersMessagesFromOneWithoutAGap() {
        Owner owner = someone();
        assertThat(say(owner, "c", NewMessage.of("user", "a")).lastSeq()).isEqualTo(1);
        Appended two = say(owner, "c", NewMessage.of("assistant", "b"), NewMessage.of("user", "c"));
        assertThat(two.lastSeq()).isEqualTo(3);
        assertThat(two.messages()).extracting(Message::seq).containsExactly(2L, 3L);
        assertThat(two.messages()).extracting(Message::role).containsExactly("assistant", "user");
        assertThat(history(owner, "c")).hasSize(3);
    }

    @Test
    default void keepsFiftyMessagesOfOneMomentInOrder() {
        Owner owner = someone();
        List<String> stored = lines(sayMany(owner, "c", 50).messages());
        assertThat(history(owner, "c")).isEqualTo(stored);
        assertThat(stored).element(49).asString().contains("\"message 50\"");
    }

    @Test
    default void writersSideBySideLoseAndDoubleNothing() throws Exception {
        Owner owner = someone();
        store().create(owner, NewConversation.withId("c"));
        List<Long> seqs = Collections.synchronizedList(new ArrayList<>());
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<?>> running = new ArrayList<>();
            for (int writer = 0; writer < 8; writer++) {
                String name = "w" + writer;
                running.add(writers.submit(() -> IntStream.range(0, 50)
                        .forEach(i -> seqs.add(store().append(owner, "c", withId(name + "-" + i, "x"))
                                .lastSeq()))));
            }
            for (Future<?> one : running) {
                one.get();
            }
        }
        List<Message> all =
                store().read(owner, "c", dev.verbatim.Slice.newest(1000)).messages();
        assertThat(all)
                .extracting(Message::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, 400).boxed().toList());
        assertThat(all).extracting(Message::id).doesNotHaveDuplicates();
        assertThat(IntStream.range(0, 50).mapToObj(i -> "w3-" + i).toList())
                .isEqualTo(all.stream()
                        .map(Message::id)
                        .filter(id -> id.startsWith("w3-"))
                        .toList());
    }

    @Test
    default void firstWritesAtOnceMakeOneConversation() throws Exception {
        Owner owner = someone();
        try (ExecutorService writers = Executors.newVirtualThreadPerTaskExecutor()) {
            List<Future<Appended>> running = IntStream.range(0, 10)
                    .mapToObj(i -> writers.submit(() -> say(owner, "c", withId("m" + i, "x"))))
                    .toList();
            for (Future<Appended> one : running) {
                one.get();
            }
        }
        assertThat(history(owner, "c")).hasSize(10);
    }

    @Test
    default void aRepeatIsTheMessageFirstStored() {
        Owner owner = someone();
        Appended first = say(owner, "c", withId("m1", "hello"));
        say(owner, "c", withId("m2", "between"));
        Appended again = say(owner, "c", withId("m1", "hello"));
        assertThat(again.messages()).isEqualTo(first.messages());
        assertThat(again.lastSeq()).isEqualTo(2);
        assertThat(history(owner, "c")).hasSize(2);
    }

    @Test
    default void aRepeatUnderAnIdMadeHereIsKnownToo() {
        Owner owner = someone();
        Message first =
                say(owner, "c", NewMessage.of("user", "hello")).messages().getFirst();
        Appended again = say(owner, "c", NewMessage.of("user", "hello").withId(first.id()));
        assertThat(again.messages()).containsExactly(first);
        assertThat(history(owner, "c")).hasSize(1);
    }

    @Test
    default void aRepeatMayHaveItsMembersInAnotherOrder() {
        Owner owner = someone();
        say(
                owner,
                "c",
                NewMessage.fromJson("{\"id\":\"m\",\"role\":\"user\",\"a\":{\"x\":1,\"y\":[1,2]},\"b\":\"é\"}"));
        String turned = "{ \"b\":\"\\u00e9\", \"a\":{\"y\":[1,2],\"x\":1}, \"role\":\"user\", \"id\":\"m\" }";
        assertThat(say(owner, "c", NewMessage.fromJson(turned)).lastSeq()).isEqualTo(1);
        assertThatThrownBy(() -> say(owner, "c", NewMessage.fromJson(turned.replace("[1,2]", "[1.0,2]"))))
                .isInstanceOf(ConflictException.class);
    }

    @Test
    default void theSameIdWithAnotherBodyStoresNothingOfTheRequest() {
        Owner owner = someone();
        say(owner, "c", withId("m1", "hello"));
        assertThatThrownBy(() -> say(owner, "c", withId("m2", "new"), withId("m1", "other")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("m1");
        assertThat(history(owner, "c")).hasSize(1);
    }

    @Test
    default void aConflictInTheFirstRequestMakesNoConversation() {
        Owner owner = someone();
        assertThatThrownBy(() -> say(owner, "c", withId("m", "a"), withId("m", "b")))
                .isInstanceOf(ConflictException.class);
        assertThat(store().get(owner, "c")).isEmpty();
    }

    @Test
    default void aRepeatInsideOneRequestIsStoredOnce() {
        Owner owner = someone();
        Appended twice = say(owner, "c", withId("m", "a"), withId("m", "a"), withId("n", "b"));
        assertThat(twice.messages()).extracting(Message::seq).containsExactly(1L, 1L, 2L);
        assertThat(history(owner, "c")).hasSize(2);
    }

    @Test
    default void theSameMessageIdInAnotherConversationIsAnotherMessage() {
        Owner owner = someone();
        say(owner, "c", withId("m", "a"));
        assertThat(say(owner, "d", withId("m", "b")).lastSeq()).isEqualTo(1);
        assertThat(history(owner, "d").getFirst()).contains("\"b\"");
    }

    @Test
    default void aMissingConversationIsAnErrorUnlessItIsToBeMade() {
        Owner owner = someone();
        assertThatThrownBy(() -> store().append(owner, "c", NewMessage.of("user", "a")))
                .isInstanceOf(ConversationNotFoundException.class);
        assertThat(store().get(owner, "c")).isEmpty();
    }

    @Test
    default void aLateRetryDoesNotBringADeletedConversationBack() {
        Owner owner = someone();
        say(owner, "c", withId("m", "a"));
        assertThat(store().delete(owner, "c", AppendOptions.EXISTING)).isTrue();
        assertThatThrownBy(() -> say(owner, "c", withId("m", "a"))).isInstanceOf(ConversationGoneException.class);
        assertThatThrownBy(() -> store().append(owner, "c", withId("m", "a")))
                .isInstanceOf(ConversationNotFoundException.class);
        store().create(owner, NewConversation.withId("c"));
        assertThat(history(owner, "c")).isEmpty();
        assertThat(say(owner, "c", withId("m", "a")).lastSeq()).isEqualTo(1);
    }

    @Test
    default void aConversationThatIsNotThereHasNoGenerationToInsistOn() {
        Owner owner = someone();
        List<NewMessage> one = List.of(NewMessage.of("user", "a"));
        assertThatThrownBy(() -> store().append(owner, "c", one, AppendOptions.CREATE.onlyOf(1)))
                .isInstanceOf(ConversationNotFoundException.class);
        long gen = say(owner, "c", NewMessage.of("user", "a")).gen();
        store().delete(owner, "c", AppendOptions.EXISTING);
        assertThatThrownBy(() -> store().append(owner, "c", one, AppendOptions.CREATE.onlyOf(gen)))
                .isInstanceOf(ConversationNotFoundException.class);
        assertThat(store().get(owner, "c")).isEmpty();
    }

    @Test
    default void anAppendMayInsistOnTheGeneration() {
        Owner owner = someone();
        long gen = say(owner, "c", NewMessage.of("user", "a")).gen();
        List<NewMessage> more = List.of(NewMessage.of("user", "b"));
        assertThat(store().append(owner, "c", more, AppendOptions.EXISTING.onlyOf(gen))
                        .lastSeq())
                .isEqualTo(2);
        assertThatThrownBy(() -> store().append(owner, "c", more, AppendOptions.EXISTING.onlyOf(gen + 1)))
                .isInstanceOf(GenerationChangedException.class);
        assertThat(history(owner, "c")).hasSize(2);
    }

    @Test
    default void takesAThousandMessagesAtOnceAndNotOneMore() {
        Owner owner = someone();
        assertThat(sayMany(owner, "c", 1000).lastSeq()).isEqualTo(1000);
        assertThatThrownBy(() -> sayMany(owner, "d", 1001)).isInstanceOf(InvalidInputException.class);
        assertThatThrownBy(() -> say(owner, "d")).isInstanceOf(InvalidInputException.class);
        assertThat(store().get(owner, "d")).isEmpty();
    }

    @Test
    default void takesAMebibyteOfText() {
        Owner owner = someone();
        String text = "ab\u05d0\u05d1 ".repeat((1 << 20) / 7);
        say(owner, "c", NewMessage.of("user", text), NewMessage.of("user", "small"));
        assertThat(history(owner, "c").getFirst()).contains(text);
        assertThat(history(owner, "c")).hasSize(2);
    }

    @Test
    default void keepsATimeThatWasBrought() {
        Owner owner = someone();
        Message stored = say(
                        owner,
                        "c",
                        NewMessage.fromJson("{\"role\":\"user\",\"created_at\":\"2020-02-29T23:30:00.5+05:45\"}"))
                .messages()
                .getFirst();
        assertThat(stored.json()).contains("\"created_at\":\"2020-02-29T17:45:00.500000Z\"");
        assertThat(history(owner, "c")).containsExactly(stored.json());
        assertThat(store().message(owner, "c", stored.id())).contains(stored);
    }
}
