package dev.verbatim.server.importing;

import dev.verbatim.InvalidInputException;
import dev.verbatim.server.importing.pickle.Pickle;
import dev.verbatim.server.importing.pickle.PickleException;
import dev.verbatim.server.importing.pickle.PickleJson;
import dev.verbatim.server.importing.pickle.PickleValue;
import dev.verbatim.server.json.JsonText;
import java.io.BufferedInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Iterator;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What a Python server held in memory, pickled: a dict of session id to a deque, list or tuple of messages. */
final class PickleSource implements ConversationSource {
    private final Iterator<Map.Entry<Object, Object>> sessions;
    private final long bytesEach;
    private long number;

    private PickleSource(Map<Object, Object> sessions, long bytes) {
        this.sessions = sessions.entrySet().iterator();
        this.bytesEach = bytes / Math.max(1, sessions.size());
    }

    /**
     * Reads {@code file} whole: later parts of a pickle point back to earlier ones.
     *
     * @throws ImportStoppedException when it is refused; says why
     */
    static PickleSource open(Path file) throws IOException {
        long size = Files.size(file);
        try (InputStream in = new BufferedInputStream(Files.newInputStream(file), 1 << 16)) {
            Object read = Pickle.read(in, size, Runtime.getRuntime().maxMemory() / 2);
            if (read instanceof PickleValue.Dict dict) {
                return new PickleSource(dict.entries(), size);
            }
        } catch (PickleException e) {
            throw new ImportStoppedException(e.getMessage());
        }
        throw new ImportStoppedException("the pickle is no dict of session id to messages");
    }

    @Override
    public @Nullable Entry next() {
        if (!sessions.hasNext()) {
            return null;
        }
        Map.Entry<Object, Object> session = sessions.next();
        String at = "session " + ++number;
        try {
            return new Entry.Found(at, bytesEach, conversation(session.getKey(), session.getValue()));
        } catch (InvalidInputException | PickleException e) {
            return new Entry.Bad(at, bytesEach, String.valueOf(e.getMessage()));
        }
    }

    private static SourceConversation conversation(Object id, Object messages) {
        if (!(messages instanceof PickleValue.Sequence)) {
            throw new PickleException("its messages are no deque, list or tuple");
        }
        String json = JsonText.escapeLoneSurrogates(PickleJson.write(messages, Longest.entry()));
        return SessionEntry.read(utf8(JsonText.quote(name(id))), utf8(json));
    }

    private static String name(Object id) {
        return switch (id) {
            case String text -> text;
            case Long number -> number.toString();
            case BigInteger number -> number.toString();
            default -> throw new PickleException("its id is neither text nor a whole number");
        };
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    @Override
    public void close() {
        // The file was read whole.
    }
}
