package dev.verbatim.server.importing;

import dev.verbatim.AppendOptions;
import dev.verbatim.Appended;
import dev.verbatim.HistoryException;
import dev.verbatim.HistoryStore;
import dev.verbatim.NewMessage;
import dev.verbatim.OutcomeUnknownException;
import dev.verbatim.Owner;
import dev.verbatim.UnavailableException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Supplier;

/** Brings conversations straight to a store; the store stays open. */
public final class StoreSink implements ImportSink {
    private final HistoryStore store;
    private final Owner owner;
    private final Patience patience;

    /**
     * All that is brought belongs to {@code owner}.
     *
     * @param patience how long to go on trying while the store is away
     */
    public StoreSink(HistoryStore store, Owner owner, Duration patience) {
        this.store = store;
        this.owner = owner;
        this.patience = new Patience(patience);
    }

    @Override
    public Stored store(SourceConversation conversation) {
        var head = call(() -> store.create(owner, conversation.head()).conversation());
        long now = 0;
        for (List<NewMessage> batch :
                Batches.of(conversation.messages(), m -> m.body().length())) {
            Appended appended = call(() -> store.append(owner, head.id(), batch, AppendOptions.EXISTING));
            now += appended.messages().stream()
                    .filter(m -> m.seq() > head.lastSeq())
                    .count();
        }
        return new Stored(now, conversation.messages().size() - now);
    }

    private <T> T call(Supplier<T> call) {
        return patience.retry(() -> {
            try {
                return call.get();
            } catch (UnavailableException | OutcomeUnknownException e) {
                throw new TryAgainException(String.valueOf(e.getMessage()), Duration.ZERO);
            } catch (HistoryException e) {
                throw new EntryRefusedException(String.valueOf(e.getMessage()));
            }
        });
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
