package dev.verbatim.server.importing;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import tools.jackson.core.JsonToken;

/** All kinds of files that can be brought, each known by what stands in it. */
public final class Formats {
    /** In the order in which they are tried: the later ones ask for less. */
    private static final List<Format> ALL = List.of(
            new ZipFormat(),
            new ProductFormat(
                    "chatgpt", shape -> shape.has("mapping", JsonToken.START_OBJECT), new ChatGptConversation()),
            new ProductFormat("openwebui", Formats::isOpenWebUi, new OpenWebUiChat()),
            new ProductFormat("librechat", Formats::isLibreChat, new LibreChatConversation()),
            new ProductFormat(
                    "openassistant",
                    shape -> shape.has("message_tree_id", JsonToken.VALUE_STRING)
                            && shape.has("prompt", JsonToken.START_OBJECT),
                    new OpenAssistantTree()),
            new LinesFormat(),
            new SessionsFormat());

    private Formats() {}

    /**
     * A file that was opened.
     *
     * @param name what kind of file it is
     * @param source its conversations
     * @param areSessions whether they are sessions, whose ids may name their users
     */
    public record Opened(String name, ConversationSource source, boolean areSessions) {}

    /** What {@link #open} knows by name. */
    public static List<String> names() {
        return List.of("auto", "jsonl", "verbatim", "sessions", "chatgpt", "openwebui", "librechat", "openassistant");
    }

    /**
     * Opens {@code file}.
     *
     * @param name one of {@link #names}: the file is read as that, or with {@code auto} as what it looks like
     * @throws IOException when it cannot be read
     * @throws ImportStoppedException when it can be seen at once that nothing of it can be brought
     */
    public static Opened open(Path file, String name) throws IOException {
        Shape shape = Shape.of(file);
        Format format = name.equals("auto") ? looksLike(shape) : called(name, shape);
        return new Opened(format.name(), format.open(file, shape), format instanceof SessionsFormat);
    }

    private static Format looksLike(Shape shape) {
        return ALL.stream().filter(format -> format.fits(shape)).findFirst().orElseThrow(() -> unknown(shape));
    }

    private static ImportStoppedException unknown(Shape shape) {
        if (shape.first().isEmpty()) {
            return new ImportStoppedException("the file is empty");
        }
        if (shape.objects().stream().allMatch(Map::isEmpty)) {
            return new ImportStoppedException(
                    "the file is none of those that can be imported: neither JSON, JSON lines nor a"
                            + " pickle of sessions, nor the zip that ChatGPT sends");
        }
        if (shape.has("role", JsonToken.VALUE_STRING)) {
            return new ImportStoppedException("the file holds messages that belong to no conversation; make them"
                    + " {\"id\":\"a name\",\"messages\":[ ... ]}");
        }
        return new ImportStoppedException(
                "nothing in the file looks like a conversation, which would have \"messages\","
                        + " \"mapping\" or the like; say by the format what it is, if it is one");
    }

    /** Of those that go by one name the one that fits, or else the last. */
    private static Format called(String name, Shape shape) {
        String known = name.equals("verbatim") ? "jsonl" : name;
        List<Format> named =
                ALL.stream().filter(format -> format.name().equals(known)).toList();
        return named.stream().filter(format -> format.fits(shape)).findFirst().orElse(named.getLast());
    }

    private static boolean isOpenWebUi(Shape shape) {
        return shape.has("chat", JsonToken.START_OBJECT) || shape.has("history", JsonToken.START_OBJECT);
    }

    private static boolean isLibreChat(Shape shape) {
        return shape.has("messagesTree", JsonToken.START_ARRAY)
                || (shape.has("conversationId", JsonToken.VALUE_STRING)
                        && shape.has("messages", JsonToken.START_ARRAY));
    }
}
