package dev.verbatim.testkit.history;

import java.util.List;
import org.jspecify.annotations.Nullable;

/** After everything came to rest, a read through the service shows exactly what PostgreSQL has. */
final class QuietAgrees implements Invariant {
    @Override
    public void check(ConversationHistory conversation, Findings findings) {
        for (Read read : conversation.quietReads) {
            if (!findings.isBroken(read) && !agrees(conversation.end, read)) {
                findings.add(Broken.DISAGREES, read, () -> "but " + NothingLost.end(conversation));
            }
        }
    }

    /** Whether a conversation was looked at after everything came to rest. */
    static boolean isSeen(ConversationHistory conversation) {
        return conversation.quietReads.stream()
                .anyMatch(read -> read.answer() instanceof Answer.Known || read.answer() == Answer.Other.NOT_FOUND);
    }

    private static boolean agrees(@Nullable FinalConversation end, Read read) {
        return switch (read.answer()) {
            case Answer.Known known -> end != null && agrees(end, read.slice(), known);
            case Answer.Other other -> other != Answer.Other.NOT_FOUND || end == null;
        };
    }

    private static boolean agrees(FinalConversation end, SliceAsked slice, Answer.Known known) {
        int size = end.lines().size();
        List<Line> lines = known.lines();
        long first = slice.first(size);
        if (known.gen() != end.gen()
                || known.lastSeq() != size
                || !ExactAnswers.isRun(lines, first, slice.last(size))) {
            return false;
        }
        int from = lines.isEmpty() ? 0 : (int) first - 1;
        return lines.equals(end.lines().subList(from, from + lines.size()));
    }
}
