package dev.verbatim.server.importing;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import tools.jackson.core.JsonToken;

/** What a server held in memory: an object of session id to messages, as JSON or pickled by Python. */
final class SessionsFormat implements Format {
    private static final String BYTE_ORDER_MARK = "\u00ef\u00bb\u00bf";

    @Override
    public String name() {
        return "sessions";
    }

    @Override
    public boolean fits(Shape shape) {
        return isPickle(shape) || (!shape.isList() && shape.isOne() && (isEmpty(shape) || holdsLists(shape)));
    }

    /** Protocol 2 and up say so; older ones begin with a dict, or with a class to be called, which JSON never does. */
    private static boolean isPickle(Shape shape) {
        String first = shape.first();
        return (first.length() > 1 && first.charAt(0) == 0x80 && first.charAt(1) < 0x20)
                || first.startsWith("(d")
                || first.startsWith("(l")
                || first.startsWith("}q")
                || first.startsWith("}(")
                || first.startsWith("}.")
                || first.startsWith("]q")
                || first.matches("(?s)[c(]?[ci][\\w.]+\\n[\\w.]+\\n.*");
    }

    private static boolean isEmpty(Shape shape) {
        return shape.objects().getFirst().isEmpty() && isJson(shape);
    }

    private static boolean isJson(Shape shape) {
        String first = shape.first();
        boolean isMarked = first.startsWith(BYTE_ORDER_MARK);
        return first.substring(isMarked ? BYTE_ORDER_MARK.length() : 0)
                .stripLeading()
                .startsWith("{");
    }

    private static boolean holdsLists(Shape shape) {
        Map<String, JsonToken> members = shape.objects().getFirst();
        return members.containsValue(JsonToken.START_ARRAY);
    }

    @Override
    public ConversationSource open(Path file, Shape shape) throws IOException {
        return isJson(shape) ? new SessionsSource(Files.newInputStream(file)) : PickleSource.open(file);
    }
}
