package dev.verbatim.server.exporting;

import dev.verbatim.Conversation;
import dev.verbatim.Message;
import dev.verbatim.server.http.JsonOut;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** What the formats that an import reads have in common. */
final class Head {
    private static final String MESSAGES = ",\"messages\":[";

    private Head() {}

    /** The object's beginning, up to where the messages stand. */
    static void write(Conversation conversation, OutputStream out) throws IOException {
        String head = new JsonOut()
                .member("id", conversation.id())
                .member("title", conversation.title())
                .raw("metadata", conversation.metadata())
                .member("created_at", conversation.createdAt())
                .text();
        out.write((head + MESSAGES).getBytes(StandardCharsets.UTF_8));
    }

    /** Messages, with commas between them, as the bytes they are. */
    static void messages(List<Message> messages, boolean first, OutputStream out) throws IOException {
        boolean begins = first;
        for (Message message : messages) {
            if (!begins) {
                out.write(',');
            }
            begins = false;
            out.write(message.bytes());
        }
    }

    /** The object's end. */
    static void end(OutputStream out) throws IOException {
        out.write("]}\n".getBytes(StandardCharsets.US_ASCII));
    }
}
