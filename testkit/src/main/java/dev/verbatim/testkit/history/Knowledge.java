package dev.verbatim.testkit.history;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** What clients together were told of a conversation, and what each session was. */
final class Knowledge {
    private final List<Evidence> all;
    private final Timeline together;
    private @Nullable Map<String, Timeline> sessions;

    Knowledge(List<Evidence> all) {
        this.all = all;
        this.together = new Timeline(all);
    }

    /** All that answers not found broken have shown. */
    static List<Evidence> shown(ConversationHistory conversation, Findings findings) {
        List<Evidence> shown = new ArrayList<>();
        for (Operation operation : conversation.operations) {
            if (operation.answer() instanceof Answer.Known known && !findings.isBroken(operation)) {
                shown.add(new Evidence(operation, known.gen(), known.lastSeq()));
            }
        }
        return shown;
    }

    /**
     * Adds that the generations known at {@code time}, when there are any, are over: {@code by} took them away, or found
     * nothing, later than that.
     */
    static void addReplaced(List<Evidence> known, Timeline shown, Operation by, long time) {
        long gen = shown.genBefore(time);
        if (gen > 0) {
            known.add(new Evidence(by, gen, Evidence.REPLACED));
        }
    }

    /** Who first told anybody of anything newer. */
    @Nullable
    Evidence firstAbove(Answer.Known known) {
        return together.firstAbove(known.gen(), known.lastSeq());
    }

    /** Who first told a session of anything newer. */
    @Nullable
    Evidence firstAbove(Answer.Known known, String session) {
        Map<String, Timeline> bySession = sessions;
        if (bySession == null) {
            bySession = bySession();
            sessions = bySession;
        }
        Timeline own = bySession.get(session);
        return own == null ? null : own.firstAbove(known.gen(), known.lastSeq());
    }

    private Map<String, Timeline> bySession() {
        Map<String, List<Evidence>> split = new HashMap<>();
        for (Evidence evidence : all) {
            split.computeIfAbsent(evidence.operation().call().session(), session -> new ArrayList<>())
                    .add(evidence);
        }
        Map<String, Timeline> timelines = new HashMap<>();
        split.forEach((session, evidence) -> timelines.put(session, new Timeline(evidence)));
        return timelines;
    }
}
