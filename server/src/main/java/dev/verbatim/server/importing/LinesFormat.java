package dev.verbatim.server.importing;

import java.io.IOException;
import java.nio.file.Path;
import tools.jackson.core.JsonToken;

/** JSON lines: OpenAI chat messages, or what Verbatim writes; or one of them by itself, in as many lines as it likes. */
final class LinesFormat implements Format {
    @Override
    public String name() {
        return "jsonl";
    }

    @Override
    public boolean fits(Shape shape) {
        boolean isEmptyList =
                shape.isList() && shape.isWhole() && shape.objects().isEmpty();
        return isEmptyList || shape.has("messages", JsonToken.START_ARRAY);
    }

    @Override
    public ConversationSource open(Path file, Shape shape) throws IOException {
        if (shape.isList()) {
            return JsonLinesSource.openList(file);
        }
        return shape.isOne() && shape.isWhole() ? JsonLinesSource.openOne(file) : JsonLinesSource.open(file);
    }
}
