package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.StandardCharsets;
import java.util.HexFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

final class NewMessageTest {
    @Test
    void keepsTheBytesOfItsMembersAndOnlyDropsWhiteSpaceBetweenThem() {
        NewMessage message = NewMessage.fromJson(
                "{ \"n\" : [ 1.0 , 1e400,\t-0 ] , \"role\":\"user\",\n\"s\":\" a \\u0000 \\\" b \", \"o\":{ } }");
        assertThat(message.body()).isEqualTo("{\"n\":[1.0,1e400,-0],\"s\":\" a \\u0000 \\\" b \",\"o\":{}}");
        assertThat(message.role()).isEqualTo("user");
    }

    @Test
    void liftsOutWhatHasAPlaceOfItsOwnWhenItIsWrittenPlainly() {
        NewMessage plain = NewMessage.fromJson(
                "{\"role\":\"assistant\",\"tokens_used\":12,\"latency_ms\":0,\"model\":\"m\u00e9\",\"seq\":[9],\"id\":null}");
        assertThat(plain.tokensUsed()).hasValue(12);
        assertThat(plain.latencyMs()).hasValue(0);
        assertThat(plain.model()).isEqualTo("m\u00e9");
        assertThat(plain.id()).isNull();
        assertThat(plain.body()).isEqualTo("{}");
        String odd = "{\"tokens_used\":1.0,\"latency_ms\":-1,\"model\":\"\\u006d\"}";
        NewMessage kept = NewMessage.fromJson(odd.replace("{", "{\"role\":\"assistant\","));
        assertThat(kept.tokensUsed()).isEmpty();
        assertThat(kept.latencyMs()).isEmpty();
        assertThat(kept.model()).isNull();
        assertThat(kept.body()).isEqualTo(odd);
    }

    @Test
    void isMadeOfATextToo() {
        NewMessage message = NewMessage.of("user", "a\"b\\c\n\0\ud800\ud83d\ude00");
        assertThat(message.body()).isEqualTo("{\"content\":\"a\\\"b\\\\c\\u000a\\u0000\\ud800\ud83d\ude00\"}");
    }

    @Test
    void saysWhichMessageOfARequestIsWrong() {
        byte[] json = "[{\"role\":5}]".getBytes(StandardCharsets.UTF_8);
        assertThatThrownBy(() -> NewMessage.fromJson("messages[0]", json, 1, json.length - 2))
                .isInstanceOfSatisfying(
                        InvalidInputException.class, e -> assertThat(e.param()).isEqualTo("messages[0].role"));
    }

    @ParameterizedTest
    @ValueSource(strings = {"c0 af", "ed a0 80", "ff", "e2 82", "f5 80 80 80"})
    void refusesWhatIsNotUtf8(String hex) {
        byte[] json = "{\"role\":\"user\",\"c\":\"?????\"}".getBytes(StandardCharsets.UTF_8);
        int at = 20;
        for (byte one : HexFormat.ofDelimiter(" ").parseHex(hex)) {
            json[at++] = one;
        }
        assertThatThrownBy(() -> NewMessage.fromJson("message", json, 0, json.length))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("UTF-8");
    }

    @Test
    void refusesWhatIsTooLargeOrTooDeep() {
        assertThatThrownBy(() -> NewMessage.of("user", "x".repeat(NewMessage.MAX_BYTES)))
                .isInstanceOf(InvalidInputException.class)
                .hasMessageContaining("larger");
        String deep = "{\"role\":\"user\",\"c\":" + "[".repeat(2000) + "]".repeat(2000) + "}";
        assertThatThrownBy(() -> NewMessage.fromJson(deep)).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void keepsNumbersOfAnyLengthUpToTenThousandDigits() {
        String digits = "9".repeat(10_000);
        assertThat(NewMessage.fromJson("{\"role\":\"user\",\"n\":" + digits + "}")
                        .body())
                .isEqualTo("{\"n\":" + digits + "}");
    }
}
