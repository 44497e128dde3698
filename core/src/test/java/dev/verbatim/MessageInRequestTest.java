package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

class MessageInRequestTest {
    @Test
    void readsAMessageOutOfTheMiddleOfARequest() {
        String message =
                "{\"n\": 1.0,\"role\":\"user\",\"content\":\"hi\",\"model\":\"m\",\"o\":{\"a\": []},\"t\":true}";
        byte[] request = ("{\"messages\":[" + message + "]}").getBytes(StandardCharsets.UTF_8);

        NewMessage read = NewMessage.fromJson("messages[0]", request, 13, message.length());

        assertThat(read.body()).isEqualTo("{\"n\":1.0,\"content\":\"hi\",\"o\":{\"a\":[]},\"t\":true}");
        assertThat(read.model()).isEqualTo("m");
    }
}
