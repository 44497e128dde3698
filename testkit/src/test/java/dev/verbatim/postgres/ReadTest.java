package dev.verbatim.postgres;

import static dev.verbatim.postgres.TestLog.ALICE;
import static dev.verbatim.postgres.TestLog.user;
import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.AppendOptions;
import dev.verbatim.ConversationKey;
import dev.verbatim.Message;
import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.Slice;
import dev.verbatim.testkit.RandomJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What is read is what was written. */
class ReadTest {
    private static final long[] BOUNDS = {0, 1, 2, 6, 11, 12, 13, 14, 100, Long.MAX_VALUE - 1, Long.MAX_VALUE};

    private static TestLog test;

    @BeforeAll
    static void open() {
        test = TestLog.open();
    }

    @AfterAll
    static void close() {
        test.close();
    }

    @Test
    void slicesOfEveryShapeAreThoseOfAPlainList() {
        NewMessage[] said =
                IntStream.rangeClosed(1, 13).mapToObj(i -> user("m" + i)).toArray(NewMessage[]::new);
        List<Message> all = test.append("slices", said).messages();
        ConversationKey key = ConversationKey.of(ALICE, "slices");
        for (int limit : new int[] {1, 5, 13, 14, 1000}) {
            for (OptionalLong after : bounds(0)) {
                for (OptionalLong before : bounds(1)) {
                    Slice slice = new Slice(after, before, limit, 0, false);
                    LogSlice read = test.log().read(key, slice).orElseThrow();
                    assertThat(read.messages()).as("%s", slice).isEqualTo(model(all, slice));
                    assertThat(read.lastSeq()).isEqualTo(13);
                }
            }
        }
    }

    private static List<OptionalLong> bounds(long lowest) {
        List<OptionalLong> bounds = new ArrayList<>(List.of(OptionalLong.empty()));
        for (long bound : BOUNDS) {
            if (bound >= lowest) {
                bounds.add(OptionalLong.of(bound));
            }
        }
        return bounds;
    }

    private static List<Message> model(List<Message> all, Slice slice) {
        List<Message> inRange = all.stream()
                .filter(m -> m.seq() > slice.after().orElse(0)
                        && m.seq() < slice.before().orElse(Long.MAX_VALUE))
                .toList();
        int size = Math.min(slice.limit(), inRange.size());
        return slice.after().isPresent()
                ? inRange.subList(0, size)
                : inRange.subList(inRange.size() - size, inRange.size());
    }

    @Test
    void aCacheIsFilledWithTheMissingEndOfTheWindow() {
        List<Message> all = test.append("fill", user("1"), user("2"), user("3"), user("4"), user("5"))
                .messages();
        ConversationKey key = ConversationKey.of(ALICE, "fill");

        assertThat(test.log().readFrom(key, 1, 3).orElseThrow().messages()).isEqualTo(all.subList(2, 5));
        assertThat(test.log().readFrom(key, 5, 3).orElseThrow().messages()).isEqualTo(all.subList(4, 5));
        assertThat(test.log().readFrom(key, 0, 100).orElseThrow().messages()).isEqualTo(all);
        assertThat(test.log().readFrom(key, 6, 3).orElseThrow().messages()).isEmpty();
        assertThat(test.log().readFrom(key, 6, 3).orElseThrow().lastSeq()).isEqualTo(5);
        assertThat(test.log().readFrom(ConversationKey.of(ALICE, "none"), 1, 3)).isEmpty();
    }

    @Test
    void anEmptyConversationIsThereWithoutMessages() {
        long gen = test.log()
                .create(ALICE, NewConversation.withId("empty"))
                .conversation()
                .gen();

        assertThat(test.log().read(ConversationKey.of(ALICE, "empty"), Slice.newest(5)))
                .hasValueSatisfying(read -> {
                    assertThat(read.gen()).isEqualTo(gen);
                    assertThat(read.lastSeq()).isZero();
                    assertThat(read.messages()).isEmpty();
                });
        assertThat(test.log().read(ConversationKey.of(ALICE, "absent"), Slice.newest(5)))
                .isEmpty();
    }

    @Test
    void aMessageIsFoundByItsId() {
        List<Message> all = test.append("by-id", user("made"), user("brought").withId("mine"))
                .messages();
        String conversation = "by-id";
        ConversationKey key = ConversationKey.of(ALICE, conversation);

        for (Message message : all) {
            assertThat(test.log().message(key, message.id()).map(StoredMessage::message))
                    .contains(message);
            assertThat(test.log().message(ConversationKey.of(ALICE, "slices"), message.id()))
                    .isEmpty();
        }
        for (String odd : List.of(
                "",
                "\0",
                "\ud800",
                "MINE",
                "x".repeat(1000),
                all.getFirst().id().toUpperCase(Locale.ROOT))) {
            assertThat(test.log().message(key, odd)).isEmpty();
        }
    }

    @Test
    void theLineFromTheRowIsTheLineThatWasAnswered() throws Exception {
        RandomJson random = RandomJson.withNewSeed();
        for (int batch = 0; batch < 20; batch++) {
            List<NewMessage> odd =
                    random.messages(100).stream().map(NewMessage::fromJson).toList();
            String conversation = "odd" + batch;
            List<Message> answered = test.committer()
                    .append(ALICE, conversation, odd, AppendOptions.CREATE)
                    .messages();
            assertThat(test.all(conversation)).as("%s", random).isEqualTo(answered);
        }
        // Such rows do not break the view for people who ask in SQL either.
        assertThat(test.number(
                        "SELECT count(*) FROM message_texts WHERE external_id LIKE 'odd%' AND length(content) > 0"))
                .isPositive();
    }

    @Test
    void timesFromTheFirstYearToTheLastComeBack() {
        for (String time : List.of(
                "0001-01-01T00:00:00.000000Z",
                "1582-10-10T23:59:59.999999Z",
                "1969-12-31T23:59:59.999999Z",
                "9999-12-31T23:59:59.999999Z")) {
            Message answered = test.append(
                            "times", NewMessage.fromJson("{\"role\":\"user\",\"created_at\":\"" + time + "\"}"))
                    .messages()
                    .getFirst();
            assertThat(answered.json()).contains(time);
            assertThat(test.all("times")).contains(answered);
            assertThat(test.log()
                            .message(ConversationKey.of(ALICE, "times"), answered.id())
                            .map(StoredMessage::message))
                    .contains(answered);
        }
    }
}
