package dev.verbatim.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class RewritesTest {
    private static List<List<String>> rewrites(String question, String before) {
        List<List<String>> all = new ArrayList<>();
        new Rewrites(SearchWords.of(question), before)
                .forEachRemaining(
                        words -> all.add(words.words().stream().map(Word::text).toList()));
        return all;
    }

    @Test
    void firstWithoutEndingsThenWithTheQuestionBefore() {
        assertThat(rewrites("And the bookings?", "Which hotels are in Lisbon?"))
                .containsExactly(List.of("book"), List.of("book", "hotel", "lisbon"));
    }

    @Test
    void nothingIsTriedAgainThatIsTheSame() {
        assertThat(rewrites("Lisbon?", "")).isEmpty();
        assertThat(rewrites("What did you say?", "")).isEmpty();
    }
}
