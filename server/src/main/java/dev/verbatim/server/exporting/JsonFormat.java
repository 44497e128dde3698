package dev.verbatim.server.exporting;

import dev.verbatim.Conversation;
import dev.verbatim.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.util.List;

/** One JSON object a conversation, however long. */
final class JsonFormat implements Format {
    @Override
    public void begin(Conversation conversation, OutputStream out) throws IOException {
        Head.write(conversation, out);
    }

    @Override
    public void part(Conversation conversation, List<Message> messages, boolean first, OutputStream out)
            throws IOException {
        Head.messages(messages, first, out);
    }

    @Override
    public void end(OutputStream out) throws IOException {
        Head.end(out);
    }
}
