package dev.verbatim.server.importing;

import dev.verbatim.Conversation;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.ListQuery;
import dev.verbatim.Message;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** A store in memory that files are brought to, and what it holds afterwards. */
final class Imported implements AutoCloseable {
    final InMemoryHistoryStore store = new InMemoryHistoryStore();
    final Samples.Screen screen = new Samples.Screen();

    /** Brings {@code file}, whatever it is, to {@code ann}. */
    ImportReport bring(Path file) throws IOException {
        return bring(file, Users.named("ann"));
    }

    ImportReport bring(Path file, Users users) throws IOException {
        try (ConversationSource source = Formats.open(file, "auto").source()) {
            StoreSink sink = new StoreSink(store, users, Duration.ofSeconds(10));
            return new Importer(sink, screen).run(source);
        }
    }

    /** A file of {@code directory} with what the resource {@code name} holds. */
    static Path resource(Path directory, String name) throws IOException {
        Path file = directory.resolve("it");
        try (InputStream in = Imported.class.getResourceAsStream("/import/" + name)) {
            Files.write(file, Objects.requireNonNull(in, name).readAllBytes());
        }
        return file;
    }

    List<Conversation> conversations(String user) {
        return store.list(Owner.named(user), ListQuery.newest(100)).data().stream()
                .sorted(Comparator.comparing(Conversation::id))
                .toList();
    }

    Conversation conversation(String id) {
        return store.get(Owner.named("ann"), id).orElseThrow();
    }

    List<Message> messages(String id) {
        return messages("ann", id);
    }

    List<Message> messages(String user, String id) {
        return store.read(Owner.named(user), id, Slice.after(0, 1_000)).messages();
    }

    /** What each message of a conversation says: the part of its line from {@code "content"} on. */
    List<String> contents(String id) {
        return messages(id).stream().map(Imported::content).toList();
    }

    private static String content(Message message) {
        String json = message.json();
        return json.substring(json.indexOf("\"content\":") + 10, json.length() - 1);
    }

    /** The title of a conversation. */
    @Nullable
    String title(String id) {
        return conversation(id).title();
    }

    @Override
    public void close() {
        store.close();
    }
}
