package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.NewMessage;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What people who ask in SQL see of a message. */
class MessageTextsTest {
    private static TestLog test;

    @BeforeAll
    static void open() {
        test = TestLog.open();
    }

    @AfterAll
    static void close() {
        test.close();
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '~',
            quoteCharacter = '`',
            value = {
                "\"plain\"~plain",
                "\"a\\\"b\\\\c\\n\\u00e9 \\/\"~`a\"b\\c\né /`",
                "\"nul \\u0000 here\"~nul \\u0000 here",
                "\"escaped backslash \\\\u0000\"~escaped backslash \\u0000",
                "\"three \\\\\\u0000\"~three \\\\u0000",
                "\"four \\\\\\\\u0000\"~four \\\\u0000",
                "\"pair \\ud83d\\ude00\"~pair 😀",
                "\"pair \\uD83D\\uDE00 raw 😀\"~pair 😀 raw 😀",
                "\"high \\ud83d alone\"~high \\ud83d alone",
                "\"low \\ude00 alone\"~low \\ude00 alone",
                "\"two highs \\ud83d\\ud83d\\ude00\"~two highs \\ud83d😀",
                "\"two lows \\ud83d\\ude00\\ude00\"~two lows 😀\\ude00",
                "\"wrong way \\ude00\\ud83d\"~wrong way \\ude00\\ud83d",
                "\"cut by a backslash \\ud83d\\\\ude00\"~cut by a backslash \\ud83d\\ude00",
                "\"end \\uD83D\"~end \\uD83D",
                "[{\"type\":\"text\",\"text\":\"a\\u00e9\"}]~[{\"type\":\"text\",\"text\":\"a\\u00e9\"}]",
                "{\"n\":1e400}~{\"n\":1e400}",
                "12345678901234567890.10~12345678901234567890.10",
                "null~null",
                "\"\"~``",
            })
    void contentIsShownAsText(String content, String shown) throws Exception {
        String conversation = "c" + Integer.toHexString(content.hashCode());
        test.append(
                conversation,
                NewMessage.fromJson("{\"role\":\"user\",\"\\u0000\":\"\\udc00\",\"content\":" + content + "}"));

        assertThat(test.column("SELECT content FROM message_texts WHERE external_id = '" + conversation + "'"))
                .isEqualTo(List.of(shown));
    }
}
