package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

final class PreviewsTest {
    @Test
    void isTheFirstLineThatIsNotBlank() {
        assertThat(Previews.of("{\"content\":\"\\n  \\r\\n  Hello there \\nsecond\"}"))
                .isEqualTo("Hello there");
        assertThat(Previews.of("{\"content\":[{\"type\":\"text\",\"text\":\"part\\nx\"}]}"))
                .isEqualTo("part");
        assertThat(Previews.of("{\"content\":\"a\\u0000b\\ud800\"}")).isEqualTo("a\ufffdb\ufffd");
        assertThat(Previews.of("{\"content\":\"" + "\ud83d\ude00".repeat(300) + "\"}"))
                .isEqualTo("\ud83d\ude00".repeat(200));
    }

    @Test
    void isNullWithoutText() {
        for (String body : new String[] {"{}", "{\"content\":null}", "{\"content\":\" \\n \"}", "{\"content\":[]}"}) {
            assertThat(Previews.of(body)).isNull();
        }
    }

    @Test
    void theBeginningOfABodyIsEnoughWhereverItIsCut() {
        String body =
                "{\"a\":[1,{\"b\":2}],\"content\":\"x\\\\\\\\\\u00e4\\ud83d\\ude00 \\\"y\\\" \\\\ and more\",\"z\":1}";
        String whole = "x\\\\\u00e4\ud83d\ude00 \"y\" \\ and more";
        assertThat(Previews.of(body)).isEqualTo(whole);
        int text = body.indexOf("x\\");
        for (int cut = 0; cut <= body.length(); cut++) {
            String seen = Previews.of(body.substring(0, cut));
            if (cut <= text) {
                assertThat(seen).as(body.substring(0, cut)).isNull();
            } else {
                assertThat(whole)
                        .as(body.substring(0, cut))
                        .startsWith(seen == null ? "none" : seen.replace("\ufffd", ""));
            }
        }
    }
}
