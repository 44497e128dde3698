package dev.verbatim.server.migration;

import dev.verbatim.Conversation;
import dev.verbatim.ConversationKey;
import dev.verbatim.Deletion;
import dev.verbatim.Gone;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.Message;
import dev.verbatim.Owner;
import dev.verbatim.Times;
import dev.verbatim.server.http.JsonBody;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;

/** Reads what {@link SessionFile} writes. Used once. */
final class SessionReader {
    private final BufferedReader in;
    private final InMemoryHistoryStore store;
    private final Origins origins;

    private SessionReader(BufferedReader in, Sessions sessions) {
        this.in = in;
        this.store = sessions.store();
        this.origins = sessions.origins();
    }

    /**
     * Puts what {@code file} holds into {@code sessions}.
     *
     * @throws IOException when it is not whole
     */
    static void read(Path file, Sessions sessions) throws IOException {
        try (BufferedReader in = Files.newBufferedReader(file)) {
            new SessionReader(in, sessions).read();
        }
    }

    private void read() throws IOException {
        JsonBody first = JsonBody.parse(utf8(line()), "verbatim_sessions");
        first.number("verbatim_sessions", SessionFile.VERSION, SessionFile.VERSION);
        JsonBody next = next();
        while (!next.has("end")) {
            if (next.has("gone")) {
                ConversationKey key = new ConversationKey(uuid(next, "owner"), uuid(next, "gone"));
                store.know(new Gone(key, time(next, "deleted_at")));
            } else {
                take(owner(next), next.requiredText("id"), next);
            }
            next = next();
        }
    }

    private void take(Owner owner, String id, JsonBody line) throws IOException {
        if (line.has("from_gen")) {
            Origins.Origin origin = new Origins.Origin(number(line, "from_gen"), number(line, "from_seq"));
            origins.put(ConversationKey.of(owner, id), origin);
        }
        if (line.has("deleted_at")) {
            store.put(new Deletion(owner, id, time(line, "deleted_at")));
        } else {
            Conversation conversation = conversation(id, line);
            store.put(owner, conversation, messages(conversation.lastSeq()));
        }
    }

    private JsonBody next() throws IOException {
        return JsonBody.parse(
                utf8(line()),
                "id",
                "owner",
                "namespace",
                "name",
                "title",
                "metadata",
                "gen",
                "created_at",
                "updated_at",
                "messages",
                "from_gen",
                "from_seq",
                "deleted_at",
                "gone",
                "end");
    }

    private static Conversation conversation(String id, JsonBody line) {
        return new Conversation(
                id,
                line.text("title").orElse(null),
                number(line, "messages"),
                number(line, "gen"),
                line.object("metadata").orElse("{}"),
                time(line, "created_at"),
                time(line, "updated_at"));
    }

    private static Owner owner(JsonBody line) {
        UUID id = uuid(line, "owner");
        Optional<String> name = line.text("name");
        return name.isPresent() ? new Owner(id, line.requiredText("namespace"), name.get()) : Owner.registered(id);
    }

    private List<Message> messages(long count) throws IOException {
        List<Message> messages = new ArrayList<>();
        for (long seq = 1; seq <= count; seq++) {
            messages.add(Message.ofLine(seq, utf8(line())));
        }
        return messages;
    }

    private String line() throws IOException {
        String line = in.readLine();
        if (line == null) {
            throw new IOException("it ends too early");
        }
        return line;
    }

    private static UUID uuid(JsonBody line, String name) {
        return UUID.fromString(line.requiredText(name));
    }

    private static Instant time(JsonBody line, String name) {
        return Times.parse(name, line.requiredText(name));
    }

    private static long number(JsonBody line, String name) {
        return line.number(name, 0, Long.MAX_VALUE).orElseThrow();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
