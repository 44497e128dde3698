package dev.verbatim.server.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.AppendOptions;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.ConversationUpdate;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.ListQuery;
import dev.verbatim.MessageEdit;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What one of the two stores loses or changes is seen, and the caller gets what the lasting one has. */
class DifferencesTest {
    private static final Owner ANN = Owner.named("ann");
    private static final Slice ALL = Slice.newest(100);

    private final InMemoryHistoryStore truth = new InMemoryHistoryStore();
    private final InMemoryHistoryStore memory = new InMemoryHistoryStore();
    private final DualHistoryStore dual = new DualHistoryStore(truth, memory);

    @BeforeEach
    void say() {
        dual.append(
                ANN,
                "c",
                List.of(NewMessage.of("user", "one").withId("m1"), NewMessage.of("assistant", "two")),
                AppendOptions.CREATE);
        assertThat(dual.read(ANN, "c", ALL).messages()).hasSize(2);
        assertThat(dual.differences().all()).isEmpty();
    }

    private String what() {
        assertThat(dual.differences().all())
                .singleElement()
                .satisfies(d -> assertThat(d.conversationId()).isEqualTo("c"));
        return dual.differences().all().getFirst().what();
    }

    @Test
    void messagesThatPostgresLost() {
        truth.truncate(ANN, "c", 1, AppendOptions.EXISTING);
        assertThat(dual.read(ANN, "c", ALL).messages()).hasSize(1);
        assertThat(what()).isEqualTo("PostgreSQL has 1 messages, memory 2");
        dual.read(ANN, "c", ALL);
        assertThat(dual.differences().all().getFirst().times()).isEqualTo(2);
        assertThat(dual.differences().count()).isEqualTo(2);
    }

    @Test
    void aMessageThatSaysSomethingElse() {
        memory.edit(ANN, "c", "m1", MessageEdit.fromJson("{\"content\":\"uno\"}"));
        assertThat(dual.read(ANN, "c", ALL).messages().getFirst().json()).contains("\"one\"");
        assertThat(what()).isEqualTo("message 1 differs");
        assertThat(dual.message(ANN, "c", "m1").orElseThrow().json()).contains("\"one\"");
        assertThat(dual.part(ANN, "c", 0).messages()).hasSize(2);
        assertThat(dual.differences().count()).isEqualTo(3);
    }

    @Test
    void aConversationThatOneDoesNotHave() {
        memory.remove(ANN, "c");
        assertThat(dual.get(ANN, "c")).isPresent();
        assertThat(what()).isEqualTo("memory does not have it");
        dual.append(ANN, "c", NewMessage.of("user", "three"));
        assertThat(what()).isEqualTo("PostgreSQL has 3 messages, memory 1");
    }

    @Test
    void aConversationThatPostgresDoesNotHave() {
        truth.remove(ANN, "c");
        assertThatThrownBy(() -> dual.read(ANN, "c", ALL)).isInstanceOf(ConversationNotFoundException.class);
        assertThat(what()).isEqualTo("only memory has it");
        assertThat(dual.list(ANN, ListQuery.newest(10)).data()).isEmpty();
        assertThat(dual.differences().count()).isEqualTo(2);
    }

    @Test
    void aTitleInAList() {
        memory.update(ANN, "c", ConversationUpdate.NONE.title("mine"));
        assertThat(dual.list(ANN, ListQuery.newest(10)).data().getFirst().title())
                .isEqualTo("one");
        assertThat(what()).isEqualTo("the titles differ");
        assertThat(dual.listAll(ANN, null, 10).data()).hasSize(1);
        assertThat(dual.differences().count()).isEqualTo(2);
    }

    @Test
    void whoIsErasedIsForgotten() {
        memory.remove(ANN, "c");
        dual.get(ANN, "c");
        dual.erase(ANN);
        assertThat(dual.differences().all()).isEmpty();
        assertThat(memory.held()).isEmpty();
    }
}
