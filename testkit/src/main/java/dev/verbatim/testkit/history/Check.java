package dev.verbatim.testkit.history;

import java.util.List;

/** One check of one history: conversation by conversation, and there invariant by invariant. */
final class Check {
    private Check() {}

    static Report of(History history, Limits limits) {
        List<Operation> operations = history.operations();
        Findings findings = new Findings(new CallNames(operations));
        Allowance allowance = new Allowance(history.faults(), limits);
        StaleReads stale = new StaleReads(allowance);
        List<Invariant> invariants = invariants(operations, allowance, stale);
        long conversations = 0;
        long seenQuiet = 0;
        for (ConversationHistory conversation : ConversationHistory.split(history)) {
            invariants.forEach(invariant -> invariant.check(conversation, findings));
            conversations++;
            seenQuiet += QuietAgrees.isSeen(conversation) ? 1 : 0;
        }
        return new Report(
                findings.counts(),
                findings.kept(),
                stale.inside(),
                stale.outside(),
                stale.marked(),
                CallCounts.of(operations),
                LongestWait.of(operations),
                conversations,
                seenQuiet);
    }

    /** What an answer itself shows comes first, so that what follows need not rely on a wrong one. */
    private static List<Invariant> invariants(List<Operation> operations, Allowance allowance, StaleReads stale) {
        return List.of(
                new NothingForeign(operations),
                new ExactAnswers(),
                new NoGap(),
                new RepeatsKeepPlace(),
                new FixedPlaces(),
                new NothingTwice(),
                new NothingLost(),
                new NothingVanished(),
                new AppendOrder(),
                new FreshReads(allowance, stale),
                new FreshAbsences(allowance, stale),
                new GoneStaysGone(allowance),
                new QuietAgrees());
    }
}
