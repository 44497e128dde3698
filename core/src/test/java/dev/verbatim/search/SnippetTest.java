package dev.verbatim.search;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Objects;
import org.junit.jupiter.api.Test;

/** What of a text is shown, and that a page is safe from it. */
class SnippetTest {
    private static String snippet(String query, String text) {
        return Snippet.of(text, Objects.requireNonNull(Match.of(WordQuery.parse(query), text)));
    }

    @Test
    void whatWasLookedForIsMarked() {
        assertThat(snippet("milk bread", "Buy bread, then MILK."))
                .isEqualTo("Buy <mark>bread</mark>, then <mark>MILK</mark>.");
    }

    @Test
    void noTagOfAMessageGetsThrough() {
        assertThat(snippet("script alert", "<script>alert('x')</script> & \"y\""))
                .isEqualTo(
                        "&lt;<mark>script</mark>&gt;<mark>alert</mark>(&#39;x&#39;)&lt;/<mark>script</mark>&gt; &amp;"
                                + " &quot;y&quot;");
    }

    @Test
    void whatLooksLikeAMarkIsNone() {
        assertThat(snippet("a", "<mark>a</mark>")).isEqualTo("&lt;mark&gt;<mark>a</mark>&lt;/mark&gt;");
    }

    @Test
    void aLongTextIsCutAroundTheMatchesAndBetweenCharacters() {
        String family = "👨‍👩‍👧‍👦";
        String text = family.repeat(500) + " needle " + family.repeat(500);
        String snippet = snippet("needle", text);
        assertThat(snippet).contains("<mark>needle</mark>").startsWith("…").endsWith("…");
        assertThat(snippet.length()).isLessThan(600);
        String around = snippet.replaceAll("…|</?mark>|needle| ", "");
        assertThat(around.replace(family, "")).isEmpty();
    }

    @Test
    void halvesOfCharactersAndControlsAreNotShown() {
        assertThat(snippet("a", "\ud800 a \u0000\n b")).isEqualTo("\ufffd <mark>a</mark>    b");
    }

    @Test
    void oneWordWithoutEndIsBoundedToo() {
        assertThat(snippet("x".repeat(70), "x".repeat(100_000)).length()).isLessThan(300);
    }

    @Test
    void wordsCloseTogetherArePreferred() {
        String text = "one " + "- ".repeat(400) + "one two three";
        assertThat(snippet("one two three", text)).contains("<mark>one</mark> <mark>two</mark> <mark>three</mark>");
    }
}
