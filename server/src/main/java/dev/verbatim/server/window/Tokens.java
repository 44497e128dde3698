package dev.verbatim.server.window;

import com.knuddels.jtokkit.Encodings;
import com.knuddels.jtokkit.api.Encoding;
import com.knuddels.jtokkit.api.EncodingType;
import dev.verbatim.server.json.RawValue;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/**
 * How many tokens a message takes in a prompt, as OpenAI's guide "How to count tokens with tiktoken" reckons: its texts in
 * the encoding {@code o200k_base}, and three that every message has. A part that is no text counts as an image does there of
 * medium size. Other models count otherwise, by a few percent. Thread-safe.
 */
final class Tokens {
    private static final int EVERY_MESSAGE = 3;

    /** OpenAI's guide "Images and vision", an image of 1024 x 1024 in high detail. */
    private static final int IMAGE = 765;

    private Tokens() {}

    /** Its table takes a while to load: only when it is needed. */
    private static final class Table {
        static final Encoding ENCODING = Encodings.newLazyEncodingRegistry().getEncoding(EncodingType.O200K_BASE);
    }

    static long of(String message) {
        Map<String, RawValue> members =
                RawValue.parse(message.getBytes(StandardCharsets.UTF_8)).members();
        RawValue content = members.get("content");
        long tokens = EVERY_MESSAGE + (content == null ? 0 : count(Texts.of(content)) + IMAGE * others(content));
        for (String name : new String[] {"role", "name", "tool_calls", "tool_call_id"}) {
            RawValue value = members.get(name);
            if (value != null) {
                String text = value.string();
                tokens += count(text == null ? value.json() : text);
            }
        }
        return tokens;
    }

    private static long others(RawValue content) {
        return content.elements().stream()
                .filter(part -> !part.members().containsKey("text"))
                .count();
    }

    private static int count(String text) {
        return Table.ENCODING.countTokensOrdinary(text);
    }
}
