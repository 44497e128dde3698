package dev.verbatim.search;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.InvalidInputException;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which texts answer which queries. */
class MatchTest {
    private static boolean answers(String query, String text) {
        return Match.of(WordQuery.parse(query), text) != null;
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blue car|A CAR that is blue",
                "\"blue car\"|the Blue  car!",
                "“blue car”|the blue car",
                "blue -red|blue and green",
                "red or blue|blue",
                "colo|the colorado",
                "München|MUNCHEN",
                "munchen|München im Frühling",
                "STRASSE|Straße",
                "istanbul|İstanbul",
                "ISPARTA|ısparta",
                "東京|私は東京都に住む",
                "京|東京都",
                "カメラ|新しいカメラを",
                "กรุงเทพ|ฉันอยู่กรุงเทพมหานคร",
                "مدرسة|في مَدْرَسَة كبيرة",
                "🎉|we won 🎉🎉",
                "naïve|naive",
                "ｗｉｄｅ|wide",
                "ガイド|ｶﾞｲﾄﾞ",
                "ｶﾞｲﾄﾞ|カ\u3099イト\u3099",
                "ﾊﾟ|パ",
                "サーバー|ｻｰﾊﾞｰ",
                "cooperate|co\u00adoperate",
                "foo-bar|foo bar",
                "don't|I don’t know",
                "x.y@example.com|mail x.y@example.com now",
                "한국|한국어를 배운다",
                "हिन्दी|यह हिन्दी है",
                "b -\"a c\"|a b c",
            })
    void finds(String query, String text) {
        assertThat(answers(query, text)).isTrue();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "blue car|a blue bus",
                "\"blue car\"|the car is blue",
                "\"blue ca\"|the blue car",
                "blue -red|blue and Red",
                "b -\"a c\"|b a c",
                "co|colorado",
                "東京|京都と東北",
                "が|か",
                "カ|ｶﾞ",
                "art|start",
                "red or blue|green",
                "🎉|we won",
            })
    void findsNot(String query, String text) {
        assertThat(answers(query, text)).isFalse();
    }

    @Test
    void aNegatedWordIsAWholeOne() {
        assertThat(answers("paint -art", "the artist can paint")).isTrue();
    }

    @ParameterizedTest
    @ValueSource(strings = {"-blue", "!!!", "\"\"", " ", "or", "blue or -red"})
    void aQueryMustHaveAWord(String query) {
        assertThatThrownBy(() -> WordQuery.parse(query)).isInstanceOf(InvalidInputException.class);
    }

    /** What PostgreSQL is asked has each word in quotes, whatever was typed. */
    @Test
    void theIndexIsAskedForQuotedWordsOfTheUser() {
        String tag = "AAEAAAAA";
        assertThat(IndexWords.query(new UUID(7, 0x100), WordQuery.parse("it's 'x' \\y -z 東京都 | & ! (abc)")))
                .isEqualTo("('%1$sit' & '%1$ss' & '%1$sx' & '%1$sy' & !'%1$sz' & '%1$s東京' & '%1$s京都' & '%1$sabc':*)"
                        .formatted(tag));
    }

    @Test
    void theIndexHasEachWordOnceAndPairsOfWhatStandsAlone() {
        assertThat(IndexWords.of(new UUID(7, 0x100), "Ab 東京 aB"))
                .isEqualTo("AAEAAAAAab\nAAEAAAAA東\nAAEAAAAA東京\nAAEAAAAA京");
    }
}
