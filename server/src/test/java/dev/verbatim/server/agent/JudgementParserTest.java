package dev.verbatim.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.insight.Recommendation;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JudgementParserTest {
    @Test
    void readsWhatWasAskedFor() {
        assertThat(JudgementParser.parse(" {\"quality\":0.25,\"recommendation\":\"REFINE\",\"query\":\"hotel\"}\n"))
                .contains(new Judgement(0.25, Recommendation.REFINE, "hotel"));
        assertThat(JudgementParser.parse("{\"query\":\"\",\"recommendation\":\"ANSWER\",\"quality\":1}"))
                .contains(new Judgement(1, Recommendation.ANSWER, ""));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "ANSWER",
                "[]",
                "{}",
                "{\"quality\":0.5,\"recommendation\":\"ANSWER\"}",
                "{\"quality\":1.5,\"recommendation\":\"ANSWER\",\"query\":\"\"}",
                "{\"quality\":-0.5,\"recommendation\":\"ANSWER\",\"query\":\"\"}",
                "{\"quality\":1e-1,\"recommendation\":\"ANSWER\",\"query\":\"\"}",
                "{\"quality\":\"0.5\",\"recommendation\":\"ANSWER\",\"query\":\"\"}",
                "{\"quality\":0.5,\"recommendation\":\"answer\",\"query\":\"\"}",
                "{\"quality\":0.5,\"recommendation\":\"DELETE\",\"query\":\"\"}",
                "{\"quality\":0.5,\"recommendation\":\"ANSWER\",\"query\":null}",
                "{\"quality\":0.5,\"recommendation\":\"REFINE\",\"query\":\" \"}",
                "{\"quality\":0.5,\"recommendation\":\"ANSWER\",\"query\":\"\",\"delete\":\"all\"}",
                "{\"quality\":0.5,\"quality\":0.6,\"recommendation\":\"ANSWER\",\"query\":\"\"}",
                "{\"quality\":0.5,\"recommendation\":\"ANSWER\",\"query\":\"\"} and more",
                "```json\n{\"quality\":0.5,\"recommendation\":\"ANSWER\",\"query\":\"\"}\n```",
            })
    void anythingElseIsNoJudgement(String answer) {
        assertThat(JudgementParser.parse(answer)).isEmpty();
    }
}
