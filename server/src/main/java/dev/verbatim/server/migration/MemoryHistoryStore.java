package dev.verbatim.server.migration;

import dev.verbatim.AppendOptions;
import dev.verbatim.Appended;
import dev.verbatim.Conversation;
import dev.verbatim.ConversationUpdate;
import dev.verbatim.Created;
import dev.verbatim.Edited;
import dev.verbatim.HistoryStore;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.ListQuery;
import dev.verbatim.Message;
import dev.verbatim.MessageEdit;
import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.Page;
import dev.verbatim.Slice;
import dev.verbatim.StoreStatus;
import dev.verbatim.UnavailableException;
import dev.verbatim.Window;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Conversations in memory, written to a file when the store is closed: what was said since the start is lost when the
 * process is killed. An erased user is erased in the store behind too, which is otherwise left alone. Thread-safe.
 */
final class MemoryHistoryStore implements HistoryStore {
    private final InMemoryHistoryStore memory;
    private final Sessions sessions;
    private final HistoryStore behind;
    private final SessionFile file;
    private boolean closed;

    MemoryHistoryStore(Sessions sessions, HistoryStore behind, SessionFile file) {
        this.memory = sessions.store();
        this.sessions = sessions;
        this.behind = behind;
        this.file = file;
    }

    /** Nothing is acknowledged any more once the file is being written: it would not be in it. */
    private <T> T ask(Function<HistoryStore, T> call) {
        synchronized (memory) {
            if (closed) {
                throw new UnavailableException("the service is ending; send it again when it is back", null);
            }
            return call.apply(memory);
        }
    }

    @Override
    public Created create(Owner owner, NewConversation conversation) {
        return ask(store -> store.create(owner, conversation));
    }

    @Override
    public Optional<Conversation> get(Owner owner, String conversationId) {
        return ask(store -> store.get(owner, conversationId));
    }

    @Override
    public Page<Conversation> list(Owner owner, ListQuery query) {
        return ask(store -> store.list(owner, query));
    }

    @Override
    public Page<Conversation> listAll(Owner owner, @Nullable String after, int limit) {
        return ask(store -> store.listAll(owner, after, limit));
    }

    @Override
    public Conversation update(Owner owner, String conversationId, ConversationUpdate update) {
        return ask(store -> store.update(owner, conversationId, update));
    }

    @Override
    public boolean delete(Owner owner, String conversationId, AppendOptions options) {
        return ask(store -> store.delete(owner, conversationId, options));
    }

    @Override
    public Appended append(Owner owner, String conversationId, List<NewMessage> messages, AppendOptions options) {
        return ask(store -> store.append(owner, conversationId, messages, options));
    }

    @Override
    public Window read(Owner owner, String conversationId, Slice slice) {
        return ask(store -> store.read(owner, conversationId, slice));
    }

    @Override
    public Window part(Owner owner, String conversationId, long afterSeq) {
        return ask(store -> store.part(owner, conversationId, afterSeq));
    }

    @Override
    public Optional<Message> message(Owner owner, String conversationId, String messageId) {
        return ask(store -> store.message(owner, conversationId, messageId));
    }

    @Override
    public Optional<Edited> edit(Owner owner, String conversationId, String messageId, MessageEdit edit) {
        return ask(store -> store.edit(owner, conversationId, messageId, edit));
    }

    @Override
    public Conversation truncate(Owner owner, String conversationId, long afterSeq, AppendOptions options) {
        return ask(store -> store.truncate(owner, conversationId, afterSeq, options));
    }

    @Override
    public Conversation fork(Owner owner, String conversationId, OptionalLong atSeq, AppendOptions options) {
        return ask(store -> store.fork(owner, conversationId, atSeq, options));
    }

    @Override
    public void erase(Owner owner) {
        behind.erase(owner);
        ask(store -> {
            store.erase(owner);
            if (file.exists()) {
                // Which counts again after a kill, and must not bring the user back.
                file.write(sessions);
            }
            return true;
        });
    }

    @Override
    public StoreStatus check() {
        return behind.check();
    }

    @Override
    public void close() {
        synchronized (memory) {
            if (closed) {
                return;
            }
            closed = true;
        }
        try {
            file.write(sessions);
        } finally {
            behind.close();
        }
    }
}
