package dev.verbatim.faults.load;

import java.util.HashMap;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What the answer to a conversation's making says. */
final class Made {
    private static final JsonMapper MAPPER = new JsonMapper();

    private Made() {}

    /** Its whole numbers, by name. */
    static Map<String, Long> of(byte[] body) {
        Map<String, Long> numbers = new HashMap<>();
        JsonNode answer = MAPPER.readTree(body);
        answer.properties().forEach(member -> {
            if (member.getValue().isIntegralNumber()) {
                numbers.put(member.getKey(), member.getValue().longValue());
            }
        });
        return numbers;
    }
}
