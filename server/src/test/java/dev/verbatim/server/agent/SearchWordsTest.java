package dev.verbatim.server.agent;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.search.SearchQuery;
import java.util.List;
import org.junit.jupiter.api.Test;

class SearchWordsTest {
    private static List<String> words(String question) {
        return SearchWords.of(question).words().stream().map(Word::text).toList();
    }

    @Test
    void whatIsSaidAroundTheMeaningGoes() {
        assertThat(words("Can you tell me which hotel in Lisbon we booked, or what it was called?"))
                .containsExactly("hotel", "lisbon", "booked", "called");
        assertThat(words("What did you say?")).isEmpty();
    }

    @Test
    void nothingOfAQuestionIsAnOperatorOfTheSearch() {
        assertThat(words("\"-secret\" OR -lisbon \"two words\"")).containsExactly("secret", "lisbon", "two", "words");
    }

    @Test
    void accentsAndCaseMakeNoDifference() {
        assertThat(words("CAFÉ İstanbul straße")).containsExactly("cafe", "istanbul", "straße");
    }

    @Test
    void whereNoSpacesAreEachPairOfCharactersIsAWord() {
        assertThat(words("北京饭店")).containsExactly("北京", "京饭", "饭店");
        assertThat(words("hotel東")).containsExactly("hotel", "東");
    }

    @Test
    void marksThatMakeSyllablesStay() {
        assertThat(words("हिन्दी किताब")).containsExactly("हिन्दी", "किताब");
    }

    @Test
    void aSearchTakesWhateverIsAsked() {
        String question = "x".repeat(3_000) + " " + "Donaudampfschifffahrtsgesellschaft ".repeat(2) + " 𐄇 ้";
        List<String> words = words(question);
        assertThat(words).containsExactly("x".repeat(24), "donaudampfschifffahrtsge");
        words.forEach(word -> assertThat(SearchQuery.of(word, 1, null)).isNotNull());
    }

    @Test
    void namesAndNumbersStayWhenThereAreTooManyWords() {
        String question = "alpha beta gamma delta epsilon zeta eta theta iota kappa at Lisbon 408";
        assertThat(words(question)).hasSize(SearchWords.MOST).contains("lisbon", "408", "alpha");
    }

    @Test
    void aNameIsKnownByItsCapitalButNotAtTheBeginning() {
        assertThat(SearchWords.of("Hotels near Lisbon").words())
                .containsExactly(new Word("hotels", false), new Word("near", false), new Word("lisbon", true));
    }

    @Test
    void refersBackWhenItSpeaksOfWhatWasSaid() {
        assertThat(SearchWords.of("What did we talk about before?").refersBack())
                .isTrue();
        assertThat(SearchWords.of("Hello!").refersBack()).isFalse();
    }
}
