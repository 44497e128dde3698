package dev.verbatim.server.importing;

import dev.verbatim.InvalidInputException;
import dev.verbatim.JsonFaults;
import dev.verbatim.NewMessage;
import tools.jackson.core.JacksonException;
import tools.jackson.core.StreamReadConstraints;
import tools.jackson.core.StreamReadFeature;
import tools.jackson.core.json.JsonFactory;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.cfg.JsonNodeFeature;
import tools.jackson.databind.json.JsonMapper;

/** Reads JSON whole, numbers exactly. Of what is nested each level of a conversation takes a few. */
final class Trees {
    private static final JsonMapper EXACT = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(20_000)
                            .maxNumberLength(10_000)
                            .maxNameLength(NewMessage.MAX_BYTES)
                            .maxStringLength(JsonLinesSource.LONGEST_LINE)
                            .build())
                    .build())
            .enable(DeserializationFeature.USE_BIG_DECIMAL_FOR_FLOATS, DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .disable(JsonNodeFeature.STRIP_TRAILING_BIGDECIMAL_ZEROES)
            .build();

    private Trees() {}

    /**
     * One JSON value, which may be anything.
     *
     * @throws InvalidInputException when it is none, with the reason in one line
     */
    static JsonNode read(byte[] json) {
        Utf8.check(json);
        try {
            return EXACT.readTree(json);
        } catch (JacksonException e) {
            throw new InvalidInputException("entry", JsonFaults.say(e));
        }
    }

    /** As {@link #read(byte[])}, of what a message holds. */
    static JsonNode read(String json) {
        return EXACT.readTree(json);
    }
}
