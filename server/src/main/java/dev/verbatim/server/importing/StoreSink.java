package dev.verbatim.server.importing;

import dev.verbatim.HistoryStore;
import dev.verbatim.Owner;
import java.time.Duration;
import java.util.function.Consumer;
import java.util.function.Function;

/** Brings conversations straight to a store; the store stays open. */
public final class StoreSink implements ImportSink {
    private final Patience patience;
    private final Bringing bringing;

    /**
     * Each conversation belongs to whom {@code users} says.
     *
     * @param patience how long to go on trying while the store is away
     */
    public StoreSink(HistoryStore store, Users users, Duration patience) {
        this(store, users, Owner::named, patience);
    }

    /** As the other; all of them belong to {@code owner}. */
    public StoreSink(HistoryStore store, Owner owner, Duration patience) {
        this(store, Users.named(Users.UNKNOWN), name -> owner, patience);
    }

    private StoreSink(HistoryStore store, Users users, Function<String, Owner> owners, Duration patience) {
        this.patience = new Patience(patience);
        this.bringing = new Bringing(new StoreTarget(store, owners, this.patience), users);
    }

    @Override
    public Stored store(SourceConversation conversation) {
        return bringing.store(conversation);
    }

    @Override
    public void tellWaits(Consumer<String> listener) {
        patience.tell(listener);
    }

    @Override
    public void close() {
        // The store belongs to whoever opened it.
    }
}
