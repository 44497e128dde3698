package dev.verbatim.server.migration;

import dev.verbatim.ConversationNotFoundException;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * What a read came to: an answer, or that there is no such conversation.
 *
 * @param answer null when there is no such conversation
 * @param none says so; null when there is an answer
 */
record Outcome<T>(@Nullable T answer, @Nullable ConversationNotFoundException none) {
    static <T> Outcome<T> of(Supplier<T> read) {
        try {
            return new Outcome<>(read.get(), null);
        } catch (ConversationNotFoundException e) {
            return new Outcome<>(null, e);
        }
    }

    /** The answer; throws when there is none. */
    T get() {
        if (answer == null) {
            throw none == null ? new IllegalStateException("neither an answer nor none") : none;
        }
        return answer;
    }

    boolean isThere() {
        return answer != null;
    }
}
