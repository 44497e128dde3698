package dev.verbatim.server.importing;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.core.JsonToken;

/** JSON lines: OpenAI chat messages, or what Verbatim writes. */
final class LinesFormat implements Format {
    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public boolean fits(Shape shape) {
        return shape.has("messages", JsonToken.START_ARRAY);
    }

    @Override
    public ConversationSource open(Path file, Shape shape) throws IOException {
        return shape.isList() ? JsonLinesSource.openList(file) : JsonLinesSource.open(file);
    }
}
