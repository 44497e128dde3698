package dev.verbatim.bench.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class QuestionsTest {
    private static final List<String> INNS = List.of(
            "Blue Heron",
            "Red Falcon",
            "Green Otter",
            "Grey Badger",
            "White Swan",
            "Black Horse",
            "Golden Lion",
            "Old Bear");

    private final List<Dialogue> all = new ArrayList<>();
    private final Questions questions;

    QuestionsTest() {
        for (String inn : INNS) {
            List<String> texts = List.of("I sleep at " + inn, "Call them at 408-555-0100");
            all.add(new Dialogue("c-" + inn, "{}", texts));
        }
        questions = new Questions(all);
    }

    private boolean has(Dialogue dialogue, Asked asked) {
        return INNS.stream()
                .anyMatch(inn -> asked.text().contains(inn)
                        && dialogue.texts().getFirst().endsWith(inn));
    }

    @Test
    void theAnswerStandsInTheOneConversationThatIsNamedOrInNone() {
        assertThat(questions.make()).hasSize(INNS.size()).allSatisfy(asked -> {
            List<String> having = questions.had().stream()
                    .filter(dialogue -> has(dialogue, asked))
                    .map(Dialogue::id)
                    .toList();
            assertThat(having).isEqualTo(asked.conversationId() == null ? List.of() : List.of(asked.conversationId()));
        });
    }

    @Test
    void halfOfTheQuestionsHaveNoAnswer() {
        assertThat(questions.make())
                .filteredOn(asked -> asked.conversationId() == null)
                .hasSize(INNS.size() / 2);
    }
}
