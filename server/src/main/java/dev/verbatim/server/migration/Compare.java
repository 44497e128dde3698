package dev.verbatim.server.migration;

import dev.verbatim.Conversation;
import dev.verbatim.Message;
import dev.verbatim.Window;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Says in a few words what two answers do not have in common, or null. Times of activity and generations, which each store
 * gives by itself, are not compared; nor is it said what somebody wrote.
 */
final class Compare {
    private Compare() {}

    static @Nullable String heads(Optional<Conversation> truth, Optional<Conversation> memory) {
        if (truth.isEmpty() || memory.isEmpty()) {
            return truth.isPresent() ? "memory does not have it" : memory.isPresent() ? "only memory has it" : null;
        }
        return heads(truth.get(), memory.get());
    }

    static @Nullable String heads(Conversation truth, Conversation memory) {
        if (truth.lastSeq() != memory.lastSeq()) {
            return lengths(truth.lastSeq(), memory.lastSeq());
        }
        if (!Objects.equals(truth.title(), memory.title())) {
            return "the titles differ";
        }
        return truth.metadata().equals(memory.metadata()) ? null : "the metadata differ";
    }

    static @Nullable String windows(Window truth, Window memory) {
        if (truth.source() == Window.Source.STALE) {
            return null;
        }
        if (truth.lastSeq() != memory.lastSeq()) {
            return lengths(truth.lastSeq(), memory.lastSeq());
        }
        if (truth.messages().size() != memory.messages().size()) {
            return "a slice has " + truth.messages().size() + " messages in PostgreSQL and "
                    + memory.messages().size() + " in memory";
        }
        return parts(truth, memory);
    }

    /** Of which one may be longer than the other. */
    static @Nullable String parts(Window truth, Window memory) {
        if (truth.lastSeq() != memory.lastSeq()) {
            return lengths(truth.lastSeq(), memory.lastSeq());
        }
        return messages(truth.messages(), memory.messages());
    }

    static @Nullable String messages(List<Message> truth, List<Message> memory) {
        for (int i = 0; i < Math.min(truth.size(), memory.size()); i++) {
            if (!truth.get(i).equals(memory.get(i))) {
                return "message " + truth.get(i).seq() + " differs";
            }
        }
        return null;
    }

    static String lengths(long truth, long memory) {
        return "PostgreSQL has " + truth + " messages, memory " + memory;
    }
}
