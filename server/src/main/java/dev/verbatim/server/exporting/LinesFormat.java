package dev.verbatim.server.exporting;

import dev.verbatim.Conversation;
import dev.verbatim.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/**
 * JSON lines. A long conversation has several lines, each with its head and the messages that follow those of the line
 * before: so no line is too long to be read, and an import appends them one after the other.
 */
final class LinesFormat implements Format {
    @Override
    public void begin(Conversation conversation, OutputStream out) {
        // Each line has it.
    }

    @Override
    public void part(Conversation conversation, List<Message> messages, boolean first, OutputStream out)
            throws IOException {
        Head.write(conversation, out);
        Head.messages(messages, true, out);
        Head.end(out);
    }

    @Override
    public void end(OutputStream out) {
        // Each line has it.
    }
}
