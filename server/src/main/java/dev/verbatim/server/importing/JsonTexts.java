package dev.verbatim.server.importing;

import dev.verbatim.server.json.JsonText;
import tools.jackson.databind.JsonNode;

/** Writes JSON that survives being encoded as UTF-8: half a surrogate pair is written as an escape. */
final class JsonTexts {
    private JsonTexts() {}

    /** Any JSON. */
    static String of(JsonNode node) {
        return JsonText.escapeLoneSurrogates(node.toString());
    }
}
