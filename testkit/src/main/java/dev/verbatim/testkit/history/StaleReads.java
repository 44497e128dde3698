package dev.verbatim.testkit.history;

/** How stale reads were, apart by what was promised to them. */
final class StaleReads {
    private final Allowance allowance;
    private final StaleTimes inside = new StaleTimes();
    private final StaleTimes outside = new StaleTimes();
    private final StaleTimes marked = new StaleTimes();

    StaleReads(Allowance allowance) {
        this.allowance = allowance;
    }

    void add(Read read, long behind) {
        if (read.marked()) {
            marked.add(behind);
        } else if (allowance.isInside(read)) {
            inside.add(behind);
        } else {
            outside.add(behind);
        }
    }

    Staleness inside() {
        return inside.summary();
    }

    Staleness outside() {
        return outside.summary();
    }

    Staleness marked() {
        return marked.summary();
    }
}
