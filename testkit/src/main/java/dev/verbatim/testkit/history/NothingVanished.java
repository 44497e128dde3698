package dev.verbatim.testkit.history;

import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a read was shown of PostgreSQL's last generation is there in the end, acknowledged or not (what was acknowledged is
 * {@link NothingLost}'s), and no generation was shown that PostgreSQL cannot have had.
 */
final class NothingVanished implements Invariant {
    @Override
    public void check(ConversationHistory conversation, Findings findings) {
        Set<String> acknowledged = new HashSet<>();
        Set<Long> generations = new HashSet<>();
        for (Operation operation : conversation.operations) {
            if (!(operation instanceof Read) && operation.answer() instanceof Answer.Known known) {
                generations.add(known.gen());
                known.lines().forEach(line -> acknowledged.add(line.id()));
            }
        }
        checkMessages(conversation, acknowledged, findings);
        checkReads(conversation, generations, findings);
    }

    private static void checkMessages(ConversationHistory conversation, Set<String> acknowledged, Findings findings) {
        for (Line line : conversation.places.of(conversation.endGen()).values()) {
            if (conversation.inEnd(line.id()) == null && !acknowledged.contains(line.id())) {
                findings.add(
                        Broken.VANISHED,
                        () -> line + " is not there in the end: " + findings.name(shownBy(conversation, line)) + "; "
                                + NothingLost.end(conversation));
            }
        }
    }

    private static Operation shownBy(ConversationHistory conversation, Line line) {
        Optional<Operation> shown = conversation.operations.stream()
                .filter(operation -> operation.answer() instanceof Answer.Known known
                        && known.lines().contains(line))
                .findFirst();
        return shown.orElseThrow();
    }

    private static void checkReads(ConversationHistory conversation, Set<Long> acknowledged, Findings findings) {
        Map<Long, Line> last = conversation.places.of(conversation.endGen());
        long end = last.keySet().stream().mapToLong(Long::longValue).max().orElse(0);
        boolean deleted = new Removals(conversation.changes).mayHaveRemoved(1, Long.MIN_VALUE);
        Set<Long> reported = new HashSet<>();
        for (Read read : conversation.reads) {
            if (!(read.answer() instanceof Answer.Known known) || findings.isBroken(read)) {
                continue;
            }
            boolean gone = conversation.end == null ? !deleted : known.gen() > conversation.endGen();
            if (gone && !acknowledged.contains(known.gen()) && reported.add(known.gen())) {
                findings.add(
                        Broken.VANISHED,
                        read,
                        () -> "shows a generation that is not there in the end; " + NothingLost.end(conversation));
            } else if (known.gen() == conversation.endGen() && known.lastSeq() > end) {
                findings.add(
                        Broken.VANISHED,
                        read,
                        () -> "tells of an end that was never reached; " + NothingLost.end(conversation));
            }
        }
    }
}
