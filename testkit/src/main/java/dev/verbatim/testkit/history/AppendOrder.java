package dev.verbatim.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A message that was first sent after another one was acknowledged, in the same generation, has a higher seq. Messages sent
 * in one append are in its order. A repeat counts from when the message was first sent.
 */
final class AppendOrder implements Invariant {
    private record Acknowledged(Append append, Line line) {
        long answered() {
            return append.call().answered();
        }
    }

    @Override
    public void check(ConversationHistory conversation, Findings findings) {
        Map<Long, List<Acknowledged>> generations = new HashMap<>();
        for (Append append : conversation.appends) {
            if (append.answer() instanceof Answer.Known known && !findings.isBroken(append)) {
                List<Acknowledged> in = generations.computeIfAbsent(known.gen(), gen -> new ArrayList<>());
                known.lines().forEach(line -> in.add(new Acknowledged(append, line)));
                checkWithin(conversation, append, known.lines(), findings);
            }
        }
        generations.forEach((gen, acknowledged) ->
                check(conversation, acknowledged, conversation.places.of(gen).values(), findings));
    }

    private static void checkWithin(
            ConversationHistory conversation, Append append, List<Line> lines, Findings findings) {
        for (int i = 1; i < lines.size(); i++) {
            Line before = lines.get(i - 1);
            Line line = lines.get(i);
            boolean repeats =
                    conversation.written.isRepeated(before.id()) || conversation.written.isRepeated(line.id());
            if (!repeats && before.seq() > line.seq()) {
                findings.add(Broken.OUT_OF_ORDER, append, () -> "has " + before + " before " + line);
                return;
            }
        }
    }

    /**
     * Goes through all messages in the order in which they were first sent.
     *
     * @param acknowledged in the order of their answers
     */
    private static void check(
            ConversationHistory conversation,
            List<Acknowledged> acknowledged,
            Iterable<Line> stored,
            Findings findings) {
        List<Line> sent = new ArrayList<>();
        stored.forEach(sent::add);
        sent.sort(Comparator.comparingLong(line -> conversation.written.firstAsked(line.id())));
        int next = 0;
        Acknowledged highest = null;
        for (Line line : sent) {
            long asked = conversation.written.firstAsked(line.id());
            while (next < acknowledged.size() && acknowledged.get(next).answered() < asked) {
                Acknowledged one = acknowledged.get(next++);
                highest = highest == null || one.line().seq() > highest.line().seq() ? one : highest;
            }
            if (highest != null && highest.line().seq() > line.seq()) {
                Acknowledged other = highest;
                findings.add(
                        Broken.OUT_OF_ORDER,
                        () -> line + " of " + conversation.key + " was first sent after the answer to "
                                + findings.name(other.append()) + ", which has " + other.line());
            }
        }
    }
}
