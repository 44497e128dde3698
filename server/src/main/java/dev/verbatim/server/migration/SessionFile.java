package dev.verbatim.server.migration;

import dev.verbatim.Conversation;
import dev.verbatim.ConversationKey;
import dev.verbatim.Deletion;
import dev.verbatim.Gone;
import dev.verbatim.Held;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.Message;
import dev.verbatim.Owner;
import dev.verbatim.UnavailableException;
import dev.verbatim.Window;
import dev.verbatim.server.http.JsonOut;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Objects;
import java.util.Optional;

/**
 * Where memory leaves its sessions while the service does not run: JSON lines, a line that describes a conversation and what
 * PostgreSQL had of it, before those of its messages; at last what was deleted; of what is only not to be made again, keys. It
 * is there whole or not at all, and while it is there it counts more than PostgreSQL.
 */
public final class SessionFile {
    static final int VERSION = 1;

    private final Path file;

    /** That of a data directory. */
    public SessionFile(Path directory) {
        this.file = directory.resolve("sessions.jsonl");
    }

    /** Where it is. */
    public Path path() {
        return file;
    }

    /** Whether there is one. */
    public boolean exists() {
        return Files.exists(file);
    }

    /**
     * Reads it into {@code sessions}; empty when there is none.
     *
     * @throws UnavailableException when it cannot be read to its end
     */
    Optional<Sessions> read(Sessions sessions) {
        try {
            removeUnfinished();
            if (!exists()) {
                return Optional.empty();
            }
            SessionReader.read(file, sessions);
            return Optional.of(sessions);
        } catch (IOException | RuntimeException e) {
            throw new UnavailableException(
                    "the sessions in " + file + " cannot be read (" + e.getMessage()
                            + "); put the file right, or move it away to start without them",
                    e);
        }
    }

    /** Writes it anew: when this returns it is on disk; when it throws, the one before is still there. */
    void write(Sessions sessions) {
        try {
            Files.createDirectories(directory());
            Path made = Files.createTempFile(directory(), "sessions", ".tmp");
            try (FileChannel channel = FileChannel.open(made, StandardOpenOption.WRITE);
                    OutputStream out = new BufferedOutputStream(Channels.newOutputStream(channel), 1 << 16)) {
                write(sessions, out);
                out.flush();
                channel.force(true);
            }
            Files.move(made, file, StandardCopyOption.ATOMIC_MOVE);
            syncDirectory();
        } catch (IOException e) {
            throw new UncheckedIOException("the sessions could not be written to " + file, e);
        }
    }

    /** Takes it away, for good when this returns. */
    void remove() {
        try {
            Files.deleteIfExists(file);
            syncDirectory();
        } catch (IOException e) {
            throw new UncheckedIOException("could not remove " + file, e);
        }
    }

    private static void write(Sessions sessions, OutputStream out) throws IOException {
        InMemoryHistoryStore store = sessions.store();
        line(out, new JsonOut().member("verbatim_sessions", VERSION));
        for (Held held : store.held()) {
            Conversation conversation = held.conversation();
            line(
                    out,
                    head(sessions, held.owner(), conversation.id())
                            .member("title", conversation.title())
                            .raw("metadata", conversation.metadata())
                            .member("gen", conversation.gen())
                            .member("created_at", conversation.createdAt())
                            .member("updated_at", conversation.updatedAt())
                            .member("messages", conversation.lastSeq()));
            messages(store, held, out);
        }
        for (Deletion deletion : store.deletions()) {
            line(
                    out,
                    head(sessions, deletion.owner(), deletion.conversationId()).member("deleted_at", deletion.at()));
        }
        for (Gone gone : store.gone()) {
            line(
                    out,
                    new JsonOut()
                            .member("gone", gone.key().id().toString())
                            .member("owner", gone.key().owner().toString())
                            .member("deleted_at", gone.at()));
        }
        line(out, new JsonOut().member("end", true));
    }

    private static void messages(InMemoryHistoryStore store, Held held, OutputStream out) throws IOException {
        long at = 0;
        while (at < held.conversation().lastSeq()) {
            Window part = store.part(held.owner(), held.conversation().id(), at);
            for (Message message : part.messages()) {
                out.write(message.bytes());
                out.write('\n');
            }
            at += part.messages().size();
        }
    }

    private static JsonOut head(Sessions sessions, Owner owner, String id) {
        JsonOut head = new JsonOut()
                .member("id", id)
                .member("owner", owner.id().toString())
                .member("namespace", owner.namespace())
                .member("name", owner.name());
        sessions.origins()
                .of(ConversationKey.of(owner, id))
                .ifPresent(origin -> head.member("from_gen", origin.gen()).member("from_seq", origin.lastSeq()));
        return head;
    }

    private static void line(OutputStream out, JsonOut json) throws IOException {
        out.write(json.end().bytes());
        out.write('\n');
    }

    private void removeUnfinished() throws IOException {
        if (Files.isDirectory(directory())) {
            try (DirectoryStream<Path> unfinished = Files.newDirectoryStream(directory(), "sessions*.tmp")) {
                for (Path path : unfinished) {
                    Files.delete(path);
                }
            }
        }
    }

    private Path directory() {
        return Objects.requireNonNull(file.toAbsolutePath().getParent(), "a file stands in a directory");
    }

    private void syncDirectory() throws IOException {
        try (FileChannel channel = FileChannel.open(directory(), StandardOpenOption.READ)) {
            channel.force(true);
        }
    }
}
