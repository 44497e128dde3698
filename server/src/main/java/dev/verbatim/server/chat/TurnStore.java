package dev.verbatim.server.chat;

import com.fasterxml.uuid.Generators;
import com.fasterxml.uuid.impl.TimeBasedEpochGenerator;
import dev.verbatim.AppendOptions;
import dev.verbatim.Appended;
import dev.verbatim.Claim;
import dev.verbatim.ConversationGoneException;
import dev.verbatim.HistoryStore;
import dev.verbatim.Message;
import dev.verbatim.NewConversation;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Stores what is said, and finds the answer that it got already. Thread-safe. */
final class TurnStore {
    private static final String ASSISTANT = "assistant";

    /** How far back to look for whom an answer belongs to. */
    private static final int LOOK_BACK = 20;

    private final HistoryStore store;
    private final TimeBasedEpochGenerator ids = Generators.timeBasedEpochGenerator();

    TurnStore(HistoryStore store) {
        this.store = store;
    }

    /** Stores the new messages. */
    Turn begin(Owner owner, ChatRequest request) {
        String given = request.conversationId();
        String conversationId = given == null ? ids.generate().toString() : given;
        Appended appended = append(owner, conversationId, request);
        int last = newest(appended.messages());
        return new Turn(
                owner,
                conversationId,
                given == null,
                appended.messages().get(last),
                request.messages().get(last).id() != null,
                appended.gen(),
                appended.lastSeq());
    }

    private Appended append(Owner owner, String conversationId, ChatRequest request) {
        boolean made = request.conversationId() == null;
        AppendOptions options = made || request.create() ? AppendOptions.CREATE : AppendOptions.EXISTING;
        @Nullable Claim claim = request.claim();
        HistoryStore through = claim == null ? store : store.once(claim);
        try {
            return through.append(owner, conversationId, request.messages(), options);
        } catch (ConversationGoneException e) {
            if (!made) {
                throw e;
            }
            // Its owner was erased; a new conversation is what was asked for, and begins anew.
            store.create(owner, NewConversation.withId(conversationId));
            return through.append(owner, conversationId, request.messages(), options);
        }
    }

    /** The last one, unless that is a repeat and others are new. */
    private static int newest(List<Message> messages) {
        int newest = 0;
        for (int i = 1; i < messages.size(); i++) {
            newest = messages.get(i).seq() > messages.get(newest).seq() ? i : newest;
        }
        return newest;
    }

    /** The answer this turn has already; only a repeat can have one. */
    Optional<Message> answer(Turn turn) {
        if (!turn.brought()) {
            return Optional.empty();
        }
        return store.message(turn.owner(), turn.conversationId(), turn.answerId())
                .or(() -> following(turn));
    }

    /** An answer that the application stored itself; not the late one to an earlier message. */
    private Optional<Message> following(Turn turn) {
        long seq = turn.last().seq();
        if (seq == turn.lastSeq()) {
            return Optional.empty();
        }
        return read(turn, Slice.after(seq, 1)).stream()
                .filter(next -> next.role().equals(ASSISTANT))
                .filter(next -> read(turn, Slice.before(seq, LOOK_BACK)).stream()
                        .noneMatch(earlier -> turn.answerId(earlier.id()).equals(next.id())))
                .findFirst();
    }

    private List<Message> read(Turn turn, Slice slice) {
        return store.read(turn.owner(), turn.conversationId(), slice).messages();
    }
}
