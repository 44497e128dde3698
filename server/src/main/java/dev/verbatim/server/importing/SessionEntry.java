package dev.verbatim.server.importing;

import dev.verbatim.NewConversation;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** Reads one session of a server that kept sessions in memory: an id and a list of messages, maybe the newest only. */
final class SessionEntry {
    private SessionEntry() {}

    /**
     * The session as a conversation.
     *
     * @param id a JSON string
     * @param messages a JSON list
     * @throws dev.verbatim.InvalidInputException when either is not that, with the reason in one line
     */
    static SourceConversation read(byte[] id, byte[] messages) {
        ByteArrayOutputStream line = new ByteArrayOutputStream(id.length + messages.length + 32);
        line.writeBytes("{\"id\":".getBytes(StandardCharsets.UTF_8));
        line.writeBytes(id);
        line.writeBytes(",\"messages\":".getBytes(StandardCharsets.UTF_8));
        line.writeBytes(messages);
        line.write('}');
        SourceConversation read = ConversationLine.read(line.toByteArray());
        String title = read.messages().isEmpty() ? "Untitled" : null;
        return new SourceConversation(
                new NewConversation(read.head().id(), title, null),
                read.messages(),
                SourceConversation.Again.BY_CONTENT);
    }
}
