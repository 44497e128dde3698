package dev.verbatim.testkit.history;

import java.util.List;

/**
 * A read shows the unbroken run of messages that its slice has in a conversation of the end it tells, and none that was
 * not sent yet; an append shows the messages that were sent, in that order. That the messages are the right ones is
 * {@link FixedPlaces}.
 */
final class ExactAnswers implements Invariant {
    @Override
    public void check(ConversationHistory conversation, Findings findings) {
        for (Read read : conversation.reads) {
            if (read.answer() instanceof Answer.Known known && !findings.isBroken(read)) {
                check(conversation, read, known, findings);
            }
        }
        for (Append append : conversation.appends) {
            if (append.answer() instanceof Answer.Known known && !findings.isBroken(append)) {
                check(append, known, findings);
            }
        }
    }

    private static void check(ConversationHistory conversation, Read read, Answer.Known known, Findings findings) {
        long first = read.slice().first(known.lastSeq());
        long last = read.slice().last(known.lastSeq());
        List<Line> lines = known.lines();
        if (!isRun(lines, first, last)) {
            findings.add(
                    Broken.NOT_THE_SLICE,
                    read,
                    () -> "should show " + run(first, last) + " of " + read.slice() + ", but shows " + lines);
        } else if (!lines.isEmpty()
                && conversation.written.firstAsked(lines.getLast().id())
                        > read.call().answered()) {
            findings.add(Broken.TOO_EARLY, read, () -> "shows " + lines.getLast() + " before it was sent");
        }
    }

    static boolean isRun(List<Line> lines, long first, long last) {
        if (lines.size() != Math.max(0, last - first + 1)) {
            return false;
        }
        for (int i = 0; i < lines.size(); i++) {
            if (lines.get(i).seq() != first + i) {
                return false;
            }
        }
        return true;
    }

    private static String run(long first, long last) {
        return first > last ? "nothing" : first + " to " + last;
    }

    private static void check(Append append, Answer.Known known, Findings findings) {
        List<Line> lines = known.lines();
        boolean sent = lines.size() == append.messages().size();
        for (int i = 0; sent && i < lines.size(); i++) {
            sent = lines.get(i).id().equals(append.messages().get(i).id())
                    && lines.get(i).seq() <= known.lastSeq();
        }
        if (!sent) {
            findings.add(Broken.NOT_WHAT_WAS_SENT, append, () -> "sent " + append.messages() + ", but shows " + lines);
        }
    }
}
