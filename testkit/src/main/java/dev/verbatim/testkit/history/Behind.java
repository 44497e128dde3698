package dev.verbatim.testkit.history;

import org.jspecify.annotations.Nullable;

/** Measures how far a read is behind what was known, and names what is wrong when that is too far. */
final class Behind {
    private final Allowance allowance;
    private final Knowledge knowledge;

    Behind(Allowance allowance, Knowledge knowledge) {
        this.allowance = allowance;
        this.knowledge = knowledge;
    }

    /** In nanoseconds; 0 or less when nothing newer was known before the read began. */
    long of(Read read, Answer.Known shown) {
        return since(read, knowledge.firstAbove(shown));
    }

    private static long since(Operation operation, @Nullable Evidence newer) {
        return newer == null ? 0 : operation.call().asked() - newer.answered();
    }

    void check(Read read, Answer.Known shown, Findings findings) {
        Evidence newer = knowledge.firstAbove(shown);
        long allowed = allowance.of(read);
        if (newer == null || read.marked() || since(read, newer) <= allowed) {
            return;
        }
        Evidence own = knowledge.firstAbove(shown, read.call().session());
        Operation missed = since(read, own) > allowed && own != null ? own.operation() : newer.operation();
        findings.add(kind(read, missed), read, () -> text(since(read, newer), missed, findings));
    }

    static String text(long behind, Operation missed, Findings findings) {
        return "is " + behind / 1_000 + " us behind: it misses " + findings.name(missed);
    }

    /** After which promise it is named that an operation missed what another one told. */
    static Broken kind(Operation operation, Operation missed) {
        boolean own = operation.call().session().equals(missed.call().session());
        return switch (missed) {
            case Read read -> own ? Broken.WENT_BACK : Broken.OLDER_THAN_A_READ;
            case Change change -> own ? Broken.MISSED_OWN_WRITE : Broken.SHOWED_REPLACED;
            case Append append -> own ? Broken.MISSED_OWN_WRITE : Broken.MISSED_ACKNOWLEDGED;
            case Create create -> own ? Broken.MISSED_OWN_WRITE : Broken.MISSED_ACKNOWLEDGED;
        };
    }
}
