package dev.verbatim.interleaving;

/**
 * Where a reader is in its round.
 *
 * @param epoch the newest epoch it used in this round
 * @param seen the log as it read it: so many changes
 * @param rounds how many are left, with the one under way
 */
record Reader(Step step, int epoch, int seen, int rounds) {
    enum Step {
        IDLE,
        /** It has the lease and is about to read PostgreSQL. */
        LEASED,
        /** It has read PostgreSQL and is about to fill. */
        READ,
        /** It has read PostgreSQL, did not fill, and is about to tell Redis what it saw. */
        TELL
    }

    static Reader idle(int rounds) {
        return new Reader(Step.IDLE, 1, 0, rounds);
    }

    Reader at(Step next, int usedEpoch, int changes) {
        return new Reader(next, usedEpoch, changes, rounds);
    }

    Reader ended() {
        return idle(rounds - 1);
    }

    @Override
    public String toString() {
        return step + (step == Step.READ || step == Step.TELL ? " saw " + seen + " changes" : "") + ", rounds left "
                + rounds;
    }
}
