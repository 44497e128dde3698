package dev.verbatim.faults.load;

import dev.verbatim.testkit.history.Line;
import java.net.http.HttpResponse;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

/** An answer of a service. */
record Reply(HttpResponse<byte[]> response) {
    private static final Pattern TAG = Pattern.compile("\"[0-9a-f]+-([0-9]+)-([0-9]+)\"");
    private static final JsonFactory FACTORY = new JsonFactory();

    int status() {
        return response.statusCode();
    }

    byte[] body() {
        return response.body();
    }

    boolean isPossiblyStale() {
        return header("Cache-Status").contains("detail=stale");
    }

    boolean isHit() {
        return header("Cache-Status").contains("; hit");
    }

    private String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** The conversation's generation, out of the tag. */
    long gen() {
        return Long.parseLong(tagged().group(1));
    }

    /** The number of its newest message, out of the tag. */
    long lastSeq() {
        return Long.parseLong(tagged().group(2));
    }

    String tag() {
        return header("ETag");
    }

    private Matcher tagged() {
        String tag = tag();
        Matcher matcher = TAG.matcher(tag);
        if (!matcher.matches()) {
            throw new IllegalStateException("an answer without a tag that can be read: " + tag);
        }
        return matcher;
    }

    /** The messages, as they are in the bytes. */
    List<Line> lines() {
        List<Line> lines = new ArrayList<>();
        try (JsonParser parser = FACTORY.createParser(ObjectReadContext.empty(), body())) {
            while (parser.nextToken() != JsonToken.START_ARRAY) {
                if (parser.currentToken() == null) {
                    throw new IllegalStateException("an answer without messages");
                }
            }
            while (parser.nextToken() == JsonToken.START_OBJECT) {
                int from = (int) parser.currentTokenLocation().getByteOffset();
                parser.skipChildren();
                int to = (int) parser.currentLocation().getByteOffset();
                lines.add(Line.of(Arrays.copyOfRange(body(), from, to)));
            }
        }
        return lines;
    }
}
