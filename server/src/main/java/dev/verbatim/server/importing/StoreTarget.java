package dev.verbatim.server.importing;

import dev.verbatim.AppendOptions;
import dev.verbatim.Conversation;
import dev.verbatim.ConversationUpdate;
import dev.verbatim.HistoryException;
import dev.verbatim.HistoryStore;
import dev.verbatim.Message;
import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.OutcomeUnknownException;
import dev.verbatim.OverloadedException;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import dev.verbatim.UnavailableException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.Supplier;

/** A store in this process. */
final class StoreTarget implements Target {
    private final HistoryStore store;
    private final Function<String, Owner> owners;
    private final Patience patience;

    /** One whose users are who {@code owners} says. */
    StoreTarget(HistoryStore store, Function<String, Owner> owners, Patience patience) {
        this.store = store;
        this.owners = owners;
        this.patience = patience;
    }

    @Override
    public There create(String user, NewConversation head) {
        Conversation there = call(() -> store.create(owners.apply(user), head)).conversation();
        return new There(there.lastSeq(), there.title() != null);
    }

    @Override
    public List<NewMessage> read(String user, String id, long lastSeq) {
        List<NewMessage> all = new ArrayList<>();
        while (all.size() < lastSeq) {
            Slice slice = Slice.after(all.size(), Slice.MAX_LIMIT).minSeq(lastSeq);
            List<Message> page =
                    call(() -> store.read(owners.apply(user), id, slice)).messages();
            if (page.isEmpty()) {
                throw new EntryRefusedException("the conversation was shortened meanwhile; run the same again");
            }
            page.forEach(message -> all.add(NewMessage.fromJson(message.json())));
        }
        return all.subList(0, Math.toIntExact(lastSeq));
    }

    @Override
    public long append(String user, String id, List<NewMessage> messages, long lastSeq) {
        long now = 0;
        for (List<NewMessage> batch : Batches.of(messages, m -> m.body().length())) {
            List<Message> stored = call(() ->
                            store.append(owners.apply(user), id, batch, AppendOptions.EXISTING.moving()))
                    .messages();
            now += stored.stream().filter(m -> m.seq() > lastSeq).count();
        }
        return now;
    }

    @Override
    public void clearTitle(String user, String id) {
        call(() -> store.update(owners.apply(user), id, ConversationUpdate.NONE.title(null)));
    }

    private <T> T call(Supplier<T> call) {
        return patience.retry(() -> {
            try {
                return call.get();
            } catch (UnavailableException | OutcomeUnknownException | OverloadedException e) {
                throw new TryAgainException(String.valueOf(e.getMessage()), Duration.ZERO);
            } catch (HistoryException e) {
                throw new EntryRefusedException(String.valueOf(e.getMessage()));
            }
        });
    }
}
