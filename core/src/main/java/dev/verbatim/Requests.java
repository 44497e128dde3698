package dev.verbatim;

import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Requests that may be sent again and what they were answered, on all servers of a store. All methods may be called from
 * any thread, block, and throw {@link UnavailableException} when the store cannot be reached.
 */
public interface Requests {
    /** A larger body is not kept: {@link Answered} is then without an answer. */
    int MOST_BYTES = 1 << 20;

    /** How a request stands. */
    sealed interface Standing {}

    /**
     * It is the caller's turn, who then calls {@link #keep}, {@link #release} or {@link #forget}. Until then nobody else
     * gets a turn, unless this process dies or loses PostgreSQL for some seconds.
     *
     * @param first whether nobody had a turn before
     */
    record Turn(Claim claim, boolean first) implements Standing {}

    /**
     * It was answered.
     *
     * @param claim with which it may be done again to the same effect
     * @param answer the answer; empty when it was too large to be kept
     */
    record Answered(Claim claim, Optional<KeptAnswer> answer) implements Standing {}

    /** Another request was sent under the same id. */
    record Different() implements Standing {}

    /** It is under way elsewhere. */
    record UnderWay() implements Standing {}

    /** It was answered, and the conversation that the answer shows was deleted since; or its owner is being erased. */
    record Gone() implements Standing {}

    /**
     * Asks for a turn. A named owner is made known.
     *
     * @throws InvalidInputException when the owner is known by id alone, and has no account
     */
    Standing claim(RepeatableRequest request);

    /**
     * Keeps an answer, unless there is one, and ends the turn.
     *
     * @param conversation which conversation the answer shows, or null; when that is deleted the answer is too
     * @return the answer that is kept; empty when none is, for the conversation or the request is no more
     */
    Optional<KeptAnswer> keep(Claim claim, KeptAnswer answer, @Nullable ConversationKey conversation);

    /** Ends a turn without an answer: the next try gets one, with the same seed. */
    void release(Claim claim);

    /** Ends a turn that changed nothing: as if it had not been. */
    void forget(Claim claim);
}
