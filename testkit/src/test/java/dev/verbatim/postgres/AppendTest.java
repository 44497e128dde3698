package dev.verbatim.postgres;

import static dev.verbatim.postgres.TestLog.ALICE;
import static dev.verbatim.postgres.TestLog.user;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.AppendOptions;
import dev.verbatim.Appended;
import dev.verbatim.Commit;
import dev.verbatim.ConflictException;
import dev.verbatim.ConversationKey;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.GenerationChangedException;
import dev.verbatim.Message;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** What one append after the other does. */
class AppendTest {
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
    void messagesAreNumberedAndReadBackAsTheyWereAnswered() {
        Appended first = test.append("numbers", user("one"), user("two"));
        Appended second = test.append("numbers", user("three"));

        assertThat(first.messages()).extracting(Message::seq).containsExactly(1L, 2L);
        assertThat(first.lastSeq()).isEqualTo(2);
        assertThat(second.lastSeq()).isEqualTo(3);
        assertThat(second.gen()).isEqualTo(first.gen()).isPositive();
        assertThat(test.all("numbers"))
                .containsExactly(
                        first.messages().get(0),
                        first.messages().get(1),
                        second.messages().getFirst());
    }

    @Test
    void aMissingConversationIsNotFoundUnlessItIsToBeMade() {
        assertThatThrownBy(() -> test.committer().append(ALICE, "missing", List.of(user("x")), AppendOptions.EXISTING))
                .isInstanceOf(ConversationNotFoundException.class);
        assertThat(test.log().read(ConversationKey.of(ALICE, "missing"), Slice.newest(1)))
                .isEmpty();
    }

    @Test
    void theSameIdAndBodyIsTheSameMessage() {
        NewMessage hello = NewMessage.fromJson("{\"id\":\"m1\",\"role\":\"user\",\"content\":\"hi\",\"n\":1.0}");
        NewMessage turned = NewMessage.fromJson("{\"n\":1.0, \"content\":\"hi\",\"role\":\"user\",\"id\":\"m1\"}");
        Appended first = test.append("repeats", hello, user("next"));
        Appended again = test.append("repeats", user("later"), turned);
        Appended whole = test.append("repeats", turned);

        assertThat(again.messages()).extracting(Message::seq).containsExactly(3L, 1L);
        assertThat(again.messages().get(1)).isEqualTo(first.messages().getFirst());
        assertThat(whole.messages()).containsExactly(first.messages().getFirst());
        assertThat(whole.lastSeq()).isEqualTo(3);
        assertThat(test.all("repeats")).hasSize(3);
    }

    @Test
    void aRepeatTellsTheCacheWhereTheEndIs() {
        NewMessage hello = user("hi").withId("m1");
        test.append("told", hello);
        int before = test.commits().size();
        test.append("told", hello);

        Commit commit = test.commits().get(before);
        assertThat(commit.key()).isEqualTo(ConversationKey.of(ALICE, "told"));
        assertThat(commit.from()).isEqualTo(2);
        assertThat(commit.to()).isEqualTo(1);
        assertThat(commit.messages()).isEmpty();
    }

    @Test
    void aRepeatWritesNothing() throws Exception {
        NewMessage hello = user("hi").withId("m1");
        test.append("nothing", hello);
        String state = "SELECT updated_at || ' ' || last_seq FROM conversations WHERE external_id = 'nothing'";
        String log = "SELECT count(*) FROM change_log WHERE id = '"
                + ConversationKey.of(ALICE, "nothing").id() + "'";
        List<String> before = test.column(state);
        test.append("nothing", hello);

        assertThat(test.column(state)).isEqualTo(before);
        assertThat(test.number(log)).isEqualTo(1);
    }

    @Test
    void repeatsWithinOneRequestAreOneMessage() {
        NewMessage hello = user("hi").withId("m1");
        Appended appended = test.append("within", hello, user("x"), hello);

        assertThat(appended.messages()).extracting(Message::seq).containsExactly(1L, 2L, 1L);
        assertThat(test.all("within")).hasSize(2);
    }

    @Test
    void anotherBodyUnderTheSameIdIsAConflictAndNothingOfTheRequestIsStored() {
        test.append("conflict", user("hi").withId("m1"));

        assertThatThrownBy(
                        () -> test.append("conflict", user("new"), user("other").withId("m1")))
                .isInstanceOf(ConflictException.class)
                .hasMessageContaining("m1");
        assertThat(test.all("conflict")).hasSize(1);
    }

    @Test
    void aRequestThatContradictsItselfMakesNoConversation() {
        assertThatThrownBy(() -> test.append(
                        "contradiction", user("a").withId("m"), user("b").withId("m")))
                .isInstanceOf(ConflictException.class);
        assertThat(test.log().read(ConversationKey.of(ALICE, "contradiction"), Slice.newest(1)))
                .isEmpty();
    }

    @Test
    void anIdMadeHereIsRecognisedWhenItIsSentAgain() {
        Appended first = test.append("made", user("a"), user("b"));
        String made = first.messages().get(1).id();
        Appended again = test.append("made", user("b").withId(made));

        assertThat(again.messages()).containsExactly(first.messages().get(1));
        assertThatThrownBy(() -> test.append("made", user("c").withId(made))).isInstanceOf(ConflictException.class);
        assertThat(test.all("made")).hasSize(2);
    }

    @Test
    void anIdMadeForAnotherConversationIsNew() {
        String made = test.append("made-here", user("a")).messages().getFirst().id();
        test.append("made-there", user("b"));
        Appended other = test.append("made-there", user("a").withId(made));

        assertThat(other.messages().getFirst().seq()).isEqualTo(2);
        assertThat(other.messages().getFirst().id()).isEqualTo(made);
        assertThat(test.log()
                        .message(ConversationKey.of(ALICE, "made-there"), made)
                        .map(StoredMessage::message))
                .contains(other.messages().getFirst());
    }

    @Test
    void theSameMessageIdInAnotherConversationOrOfAnotherOwnerIsAnotherMessage() {
        test.append("ids-a", user("a").withId("same"));
        test.append("ids-b", user("b").withId("same"));
        test.append(Owner.named("bob"), "ids-a", user("c").withId("same"));

        assertThat(test.all("ids-a").getFirst().json()).contains("\"a\"");
        assertThat(test.all("ids-b").getFirst().json()).contains("\"b\"");
        assertThat(test.all(Owner.named("bob"), "ids-a").getFirst().json()).contains("\"c\"");
    }

    @Test
    void anotherGenerationIsRefused() {
        long gen = test.append("gen", user("a")).gen();
        AppendOptions right = AppendOptions.EXISTING.onlyOf(gen);
        AppendOptions wrong = AppendOptions.CREATE.onlyOf(gen + 1);

        assertThat(test.committer()
                        .append(ALICE, "gen", List.of(user("b")), right)
                        .lastSeq())
                .isEqualTo(2);
        assertThatThrownBy(() -> test.committer().append(ALICE, "gen", List.of(user("c")), wrong))
                .isInstanceOf(GenerationChangedException.class);
        assertThatThrownBy(() -> test.committer().append(ALICE, "gen-missing", List.of(user("c")), wrong))
                .isInstanceOf(ConversationNotFoundException.class);
    }

    @Test
    void theChangeLogRowIsOfTheSameTransaction() throws Exception {
        test.append("logged", user("a"), user("b"));
        String id = ConversationKey.of(ALICE, "logged").id().toString();

        assertThat(test.column("SELECT kind || ' ' || (gen = (SELECT gen FROM conversations WHERE id = '" + id
                        + "')) || ' ' || seq || ' ' || (xid::text::bigint % (1::bigint << 32) = (SELECT xmin::text::bigint"
                        + " FROM messages WHERE conversation_id = '" + id
                        + "' AND seq = 2)) FROM change_log WHERE id = '"
                        + id + "'"))
                .containsExactly("conversation true 2 true");
    }

    @Test
    void theFirstUserMessageGivesTheTitle() throws Exception {
        test.append("title", NewMessage.of("system", "You help"), user("Where is\nmy order?"));
        test.append("title", user("Another question"));

        assertThat(test.column("SELECT title FROM conversations WHERE external_id = 'title'"))
                .containsExactly("Where is my order?");
    }
}
