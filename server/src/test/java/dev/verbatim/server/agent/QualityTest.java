package dev.verbatim.server.agent;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.verbatim.Message;
import dev.verbatim.insight.Recommendation;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** The formula, by numbers that can be checked by hand. */
class QualityTest {
    private static final Word HOTEL = new Word("hotel", false);
    private static final Word LISBON = new Word("lisbon", true);
    private static final List<Word> QUESTION = List.of(HOTEL, LISBON);
    private static final Weights WEIGHTS = new Weights(Map.of(HOTEL, 0.25, LISBON, 0.75));

    private static Evidence evidence(String... texts) {
        List<Said> said = new ArrayList<>();
        for (String text : texts) {
            int seq = said.size() + 1;
            String line = "{\"id\":\"m" + seq + "\",\"seq\":" + seq
                    + ",\"created_at\":\"2026-01-01T00:00:00.000000Z\",\"role\":\"user\",\"content\":\"" + text + "\"}";
            said.add(Said.of(Message.ofLine(seq, line.getBytes(StandardCharsets.UTF_8))));
        }
        return new Passage("c", null, said).against(QUESTION, WEIGHTS);
    }

    @Test
    void allInOnePlaceIsOne() {
        assertThat(evidence("a hotel in Lisbon").quality()).isEqualTo(1);
        assertThat(evidence("In Lisbon?", "The hotels are full").quality()).isEqualTo(1);
    }

    @Test
    void whatStandsElsewhereInTheConversationCountsHalf() {
        assertThat(evidence("a hotel", "one", "two", "in Lisbon").quality()).isCloseTo((0.75 + 1) / 2, within(1e-9));
    }

    @Test
    void whatIsMissingTakesItsShare() {
        assertThat(evidence("a hotel in Porto").quality()).isCloseTo(0.25, within(1e-9));
        assertThat(evidence("nothing of it").quality()).isZero();
        assertThat(evidence("nothing of it").contexts()).isEmpty();
    }

    @Test
    void rareWordsAndNamesSayMore() {
        assertThat(Weights.of(HOTEL, 0)).isGreaterThan(Weights.of(HOTEL, 1)).isLessThan(Weights.of(LISBON, 0));
        assertThat(Weights.of(HOTEL, 99)).isPositive();
    }

    @Test
    void decidesByTheLimitsOfTheDesign() {
        assertThat(Quality.recommendation(0.75)).isEqualTo(Recommendation.ANSWER);
        assertThat(Quality.recommendation(0.749)).isEqualTo(Recommendation.CLARIFY);
        assertThat(Quality.recommendation(0.72)).isEqualTo(Recommendation.CLARIFY);
        assertThat(Quality.recommendation(0.719)).isEqualTo(Recommendation.EXTERNAL);
    }
}
