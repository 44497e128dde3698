package dev.verbatim.testkit;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.InvalidInputException;
import dev.verbatim.Message;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What goes in comes out: no field lost, no number reformatted. */
interface LosslessContract extends StoreUnderTest {
    /** How many random messages one run stores and reads again. */
    int RANDOM_MESSAGES = 2_000;

    @ParameterizedTest
    @ValueSource(
            strings = {
                "{\"role\":\"user\",\"content\":null}",
                "{\"role\":\"assistant\",\"content\":null,\"tool_calls\":[{\"id\":\"a\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"f\",\"arguments\":\"{}\"}},{\"id\":\"b\",\"type\":\"function\",\"function\":"
                        + "{\"name\":\"g\",\"arguments\":\"{\\\"x\\\": 1.50}\"}}]}",
                "{\"role\":\"user\",\"content\":[{\"type\":\"image_url\",\"image_url\":{\"url\":\"data:image/png;base64,iVBOR\"}}]}",
                "{\"role\":\"x\",\"n\":[1.0,1e400,-0,0.10,12345678901234567890,1E+2,-1.5e-9]}",
                "{\"role\":\"user\",\"content\":\"a\\u0000b\\ud800 c\\udc00\"}",
                "{\"role\":\"user\",\"content\":\"\\u05e9\\u05dc\\u05d5\\u05dd שלום \u202e\"}",
                "{\"role\":\"user\",\"content\":\"\ud83d\ude00 \\ud83d\\ude00 \\/ \\\\ \\\" \\t\"}",
                "{\"role\":\"developer\",\"\":1,\"metadata\":{\"a\":{\"b\":[[],{},\"\",true,false,null]}}}",
                "{\"role\":\"assistant\",\"tokens_used\":12,\"latency_ms\":0,\"model\":\"gpt\",\"content\":\"\"}",
                "{\"role\":\"assistant\",\"tokens_used\":12.0,\"latency_ms\":-1,\"model\":\"a\\u0000\\\\b\",\"z\":0}",
                "{\"role\":\"assistant\",\"tokens_used\":99999999999,\"latency_ms\":\"1\",\"model\":null}",
                "{\"role\":\"my \\\"own\\\" role\",\"name\":\"n\"}",
            })
    default void oddMessagesComeOutAsTheyWentIn(String json) {
        Owner owner = someone();
        Message stored = say(owner, "c", NewMessage.fromJson(json)).messages().getFirst();
        JsonTrees.assertSame(json, stored.json());
        for (int i = 0; i < 3; i++) {
            assertThat(store().read(owner, "c", Slice.newest(20)).messages()).containsExactly(stored);
        }
        assertThat(store().read(owner, "c", Slice.newest(20).freshly()).messages())
                .containsExactly(stored);
        assertThat(say(owner, "c", NewMessage.fromJson(json).withId(stored.id()))
                        .lastSeq())
                .isEqualTo(1);
    }

    @Test
    default void randomMessagesComeOutAsTheyWentIn() {
        RandomJson random = RandomJson.withNewSeed();
        Owner owner = someone();
        List<String> given = new ArrayList<>();
        for (int i = 0; i < RANDOM_MESSAGES; i += 10) {
            List<String> batch = random.messages(10);
            given.addAll(batch);
            say(owner, "c", batch.stream().map(NewMessage::fromJson).toArray(NewMessage[]::new));
            compare(random, batch, store().read(owner, "c", Slice.newest(10)).messages());
            compare(random, batch, store().read(owner, "c", Slice.newest(10)).messages());
        }
        for (int at = 0; at < RANDOM_MESSAGES; at += 1000) {
            List<Message> fresh =
                    store().read(owner, "c", Slice.after(at, 1000).freshly()).messages();
            compare(random, given.subList(at, at + 1000), fresh);
        }
    }

    private static void compare(RandomJson random, List<String> given, List<Message> stored) {
        assertThat(stored).as(random.toString()).hasSameSizeAs(given);
        for (int i = 0; i < given.size(); i++) {
            JsonTrees.assertSame(given.get(i), stored.get(i).json());
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "{",
                "[]",
                "1",
                "null",
                "\"x\"",
                "{}",
                "{\"content\":\"no role\"}",
                "{\"role\":1}",
                "{\"role\":null}",
                "{\"role\":\"\"}",
                "{\"role\":\"user\",\"role\":\"user\"}",
                "{\"role\":\"user\",\"a\":{\"b\":1,\"b\":2}}",
                "{\"role\":\"user\",\"a\":1,\"\\u0061\":2}",
                "{\"role\":\"user\"} x",
                "{\"role\":\"user\"}{}",
                "{\"role\":\"user\",\"id\":5}",
                "{\"role\":\"user\",\"id\":\"\"}",
                "{\"role\":\"user\",\"id\":\"a\\u0007\"}",
                "{\"role\":\"user\",\"created_at\":\"yesterday\"}",
                "{\"role\":\"user\",\"created_at\":12}",
                "{\"role\":\"user\",\"n\":NaN}",
                "{\"role\":\"user\",\"n\":01}",
                "{'role':'user'}",
                "{\"role\":\"user\",\"content\":\"line\nend\"}",
                "{\"role\":\"user\",}",
            })
    default void whatIsNoMessageIsRefused(String json) {
        assertThatThrownBy(() -> NewMessage.fromJson(json))
                .isInstanceOf(InvalidInputException.class)
                .message()
                .doesNotContain("\n")
                .isNotBlank();
    }
}
