package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

final class TitlesTest {
    @Test
    void areOneLineOfAtMostFiftyCharactersCutAtAWord() {
        assertThat(Titles.fromText(" a \n\t b\u00a0c ")).isEqualTo("a b c");
        assertThat(Titles.fromText("x".repeat(50))).isEqualTo("x".repeat(50));
        assertThat(Titles.fromText("x".repeat(60))).isEqualTo("x".repeat(50));
        assertThat(Titles.fromText("x".repeat(49) + " yy")).isEqualTo("x".repeat(49));
        assertThat(Titles.fromText("x".repeat(50) + " yy")).isEqualTo("x".repeat(50));
        assertThat(Titles.fromText("word ".repeat(20)))
                .isEqualTo("word ".repeat(10).strip());
        assertThat(Titles.fromText("\ud83d\ude00".repeat(60))).isEqualTo("\ud83d\ude00".repeat(50));
    }

    @Test
    void areNoneWhenNothingWasSaid() {
        assertThat(Titles.fromText(" \n ")).isNull();
        assertThat(Titles.check(null)).isNull();
    }

    @Test
    void holdNothingPostgresCannot() {
        assertThat(Titles.fromText("a\0b\ud800c\udc00\ud83d\ude00")).isEqualTo("a\ufffdb\ufffdc\ufffd\ud83d\ude00");
        assertThat(Titles.check("a\n\ufffd\ud83d\ude00")).isEqualTo("a\n\ufffd\ud83d\ude00");
        for (String bad : new String[] {"a\0b", "\ud800c", "c\udc00"}) {
            assertThatThrownBy(() -> Titles.check(bad))
                    .as("given titles are not altered")
                    .isInstanceOf(InvalidInputException.class);
        }
        assertThat(Titles.check("x".repeat(1000))).hasSize(1000);
        assertThat(Titles.check("\ud83d\ude00".repeat(1000))).hasSize(2000);
        assertThatThrownBy(() -> Titles.check("x".repeat(1001))).isInstanceOf(InvalidInputException.class);
    }
}
