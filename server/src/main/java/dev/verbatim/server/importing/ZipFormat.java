package dev.verbatim.server.importing;

import java.io.IOException;
import java.nio.file.Path;

/** The zip that ChatGPT sends: {@code conversations.json}, or several of them numbered, beside other files. */
final class ZipFormat implements Format {
    @Override
    public String name() {
        return "chatgpt";
    }

    @Override
    public boolean fits(Shape shape) {
        return shape.first().startsWith("PK\u0003\u0004");
    }

    @Override
    public ConversationSource open(Path file, Shape shape) throws IOException {
        return ZipSource.open(file, new ChatGptConversation());
    }
}
