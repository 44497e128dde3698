package dev.verbatim.postgres;

import dev.verbatim.AppendOptions;
import dev.verbatim.Appended;
import dev.verbatim.Claim;
import dev.verbatim.ConversationKey;
import dev.verbatim.HistoryException;
import dev.verbatim.NewMessage;
import dev.verbatim.OutcomeUnknownException;
import dev.verbatim.Owner;
import dev.verbatim.UnavailableException;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicReference;
import org.jspecify.annotations.Nullable;

/** One append on its way: waits, is taken into a transaction, and gets its answer. Its caller may give up any time. */
final class AppendRequest {
    /** What a stored append gives its caller: the answer, and what to wait for before giving it. */
    record Stored(Appended appended, Runnable afterCommit) {}

    private enum State {
        WAITING,
        TAKEN,
        GIVEN_UP
    }

    private static final int BYTES_BESIDE_BODY = 200;

    private final Owner owner;
    private final String conversationId;
    private final ConversationKey key;
    private final List<NewMessage> messages;
    private final AppendOptions options;
    private final @Nullable Claim claim;
    private final long bytes;
    private final Deadline deadline;
    private final AtomicReference<State> state = new AtomicReference<>(State.WAITING);
    private final CompletableFuture<Stored> answer = new CompletableFuture<>();

    /** Whether this must have a transaction for itself, for it or a neighbour made one fail. */
    private volatile boolean alone;

    AppendRequest(
            Owner owner,
            String conversationId,
            List<NewMessage> messages,
            AppendOptions options,
            @Nullable Claim claim,
            Deadline deadline) {
        this.owner = owner;
        this.conversationId = conversationId;
        this.key = ConversationKey.of(owner, conversationId);
        this.messages = List.copyOf(messages);
        this.options = options;
        this.claim = claim;
        this.deadline = deadline;
        this.bytes = this.messages.stream()
                .mapToLong(message -> message.body().length() + BYTES_BESIDE_BODY)
                .sum();
    }

    Owner owner() {
        return owner;
    }

    String conversationId() {
        return conversationId;
    }

    ConversationKey key() {
        return key;
    }

    List<NewMessage> messages() {
        return messages;
    }

    AppendOptions options() {
        return options;
    }

    /** The try of a request that this is, if that may be sent again. */
    @Nullable
    Claim claim() {
        return claim;
    }

    long bytes() {
        return bytes;
    }

    /** Whether a missing conversation is made: not for one that insists on a generation, which a new one cannot have. */
    boolean creates() {
        return options.create() && options.ifGen().isEmpty();
    }

    /** Takes this into a transaction; false when its caller has given up, and so this is done with. */
    boolean take() {
        if (state.compareAndSet(State.WAITING, State.TAKEN)) {
            return true;
        }
        answer.cancel(false);
        return false;
    }

    boolean alone() {
        return alone;
    }

    void setAlone() {
        alone = true;
    }

    /** Runs {@code action} when this is done with, one way or another. */
    void whenDone(Runnable action) {
        CompletableFuture<Stored> unused = answer.whenComplete((stored, failure) -> action.run());
    }

    /** Back to waiting: the transaction went without this. */
    void putBack() {
        state.set(State.WAITING);
    }

    void stored(Stored stored) {
        answer.complete(stored);
    }

    void failed(HistoryException reason) {
        answer.completeExceptionally(reason);
    }

    /** Waits for the answer; called by the caller's own thread. */
    Stored await() {
        while (true) {
            try {
                return answer.get(Math.max(deadline.leftNanos(), Deadline.SHORT_NANOS), TimeUnit.NANOSECONDS);
            } catch (TimeoutException e) {
                // Not taken until now, so nothing is stored; else the transaction under way ends soon, one way or the
                // other.
                if (deadline.passed() && state.compareAndSet(State.WAITING, State.GIVEN_UP)) {
                    throw new UnavailableException("PostgreSQL is too slow or away; nothing was stored, try again", e);
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                throw state.compareAndSet(State.WAITING, State.GIVEN_UP)
                        ? new UnavailableException("interrupted before anything was stored", e)
                        : new OutcomeUnknownException("interrupted while the messages were being stored", e);
            } catch (ExecutionException e) {
                throw e.getCause() instanceof HistoryException own
                        ? own
                        : new HistoryException("the append failed", e.getCause());
            }
        }
    }
}
