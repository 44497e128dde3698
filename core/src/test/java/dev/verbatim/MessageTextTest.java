package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class MessageTextTest {
    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            quoteCharacter = '`',
            value = {
                "{\"content\":\"hello\"} | hello",
                "{\"a\":{\"content\":\"no\"},\"b\":[1,{\"text\":\"no\"}],\"content\":\"yes\"} | yes",
                "{\"content\":[{\"type\":\"text\",\"text\":\"first\"},{\"type\":\"text\",\"text\":\"second\"}]} | first",
                "{\"content\":[\"x\",[{\"text\":\"no\"}],{\"text\":{\"text\":\"no\"}},{\"text\":\"yes\"}]} | yes",
                "{\"content\":[{\"image\":{\"text\":\"no\"}}]} | none",
                "{\"content\":[]} | none",
                "{\"content\":null} | none",
                "{\"content\":5} | none",
                "{} | none",
            })
    void isTheContentOrItsFirstText(String body, String expected) {
        String text = MessageText.of(body);
        assertThat(text == null ? "none" : text).isEqualTo(expected);
    }
}
