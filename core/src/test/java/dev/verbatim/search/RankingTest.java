package dev.verbatim.search;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Page;
import java.time.Instant;
import java.util.Map;
import java.util.UUID;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

class RankingTest {
    private static final UUID THERE = new UUID(0, 1);
    private static final UUID GONE = new UUID(0, 2);

    @Test
    void whatWasFoundInAConversationThatIsGoneIsLeftOutAndThePagesGoOn() {
        Map<UUID, Head> heads = Map.of(THERE, new Head("c", "a title"));
        Page<SearchHit> first = ranking(null).page(asked -> heads);
        assertThat(first.data()).isEmpty();
        assertThat(first.next()).isNotNull();

        Page<SearchHit> second = ranking(first.next()).page(asked -> heads);
        assertThat(second.data()).extracting(SearchHit::conversationId).containsExactly("c");
        assertThat(second.data()).extracting(SearchHit::title).containsExactly("a title");
        assertThat(second.next()).isNull();
    }

    private static Ranking ranking(@Nullable String after) {
        Ranking ranking = new Ranking(SearchQuery.of("word", 1, after));
        ranking.add(new Candidate(THERE, "m", 1, "user", "a word", Instant.EPOCH));
        ranking.add(new Candidate(GONE, "m", 1, "user", "a word", Instant.EPOCH.plusSeconds(1)));
        return ranking;
    }
}
