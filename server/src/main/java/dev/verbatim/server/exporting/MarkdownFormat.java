package dev.verbatim.server.exporting;

import dev.verbatim.Conversation;
import dev.verbatim.Message;
import dev.verbatim.Times;
import dev.verbatim.server.http.JsonOut;
import dev.verbatim.server.json.NotJsonException;
import dev.verbatim.server.json.RawValue;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** For people to read: a heading a message, then what was said; all that is no text stands below it as JSON. */
final class MarkdownFormat implements Format {
    private static final Set<String> SHOWN = Set.of("id", "seq", "created_at", "role");

    @Override
    public void begin(Conversation conversation, OutputStream out) throws IOException {
        String title = conversation.title() == null ? "Untitled" : conversation.title();
        write(
                "# " + oneLine(title) + "\n\nConversation " + conversation.id() + ", begun "
                        + Times.format(conversation.createdAt()) + "\n",
                out);
    }

    @Override
    public void part(Conversation conversation, List<Message> messages, boolean first, OutputStream out)
            throws IOException {
        for (Message message : messages) {
            write(
                    "\n## " + message.seq() + " · " + message.role() + " · " + Times.format(message.createdAt()) + "\n",
                    out);
            write(body(message), out);
        }
    }

    @Override
    public void end(OutputStream out) {
        // The last message is the end.
    }

    private static String body(Message message) {
        try {
            return body(RawValue.parse(message.bytes()).members());
        } catch (NotJsonException e) {
            // A name so long that it is not read twice.
            return code(message.json());
        }
    }

    private static String body(Map<String, RawValue> members) {
        StringBuilder text = new StringBuilder();
        JsonOut others = new JsonOut();
        members.forEach((name, value) -> {
            @Nullable String said = value.string();
            if (name.equals("content") && said != null) {
                paragraph(said, text);
            } else if (name.equals("content") && value.isArray()) {
                value.elements().forEach(part -> paragraphOrCode(part, text));
            } else if (!SHOWN.contains(name)) {
                others.raw(name, value.json());
            }
        });
        String rest = others.end().text();
        return rest.equals("{}") ? text.toString() : text + code(rest);
    }

    private static void paragraphOrCode(RawValue part, StringBuilder to) {
        RawValue text = part.members().get("text");
        @Nullable String said = text == null ? null : text.string();
        if (said == null) {
            to.append(code(part.json()));
        } else {
            paragraph(said, to);
        }
    }

    private static void paragraph(String text, StringBuilder to) {
        if (!text.isEmpty()) {
            to.append('\n').append(text).append('\n');
        }
    }

    /** Between fences that are longer than any in it. */
    private static String code(String json) {
        String fence = "```";
        while (json.contains(fence)) {
            fence += "`";
        }
        return "\n" + fence + "json\n" + json + "\n" + fence + "\n";
    }

    private static String oneLine(String title) {
        return title.replaceAll("\\s+", " ").strip();
    }

    private static void write(String text, OutputStream out) throws IOException {
        out.write(text.getBytes(StandardCharsets.UTF_8));
    }
}
