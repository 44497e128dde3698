package dev.verbatim.interleaving;

/** What may happen a limited number of times; how often it still may, for all of them, fits into one number. */
enum Chance {
    APPEND(0),
    REPEAT(4),
    EDIT(8),
    DELETE(12),
    /** Redis does not confirm an apply or a drop, or a writer dies after its commit. */
    LOSS(16),
    /** An apply comes once more. */
    AGAIN(20),
    /** The entry goes: evicted, flushed, expired. */
    FLUSH(24),
    /** The lease ends by time. */
    EXPIRY(28),
    /** A copy of the entry is kept, as a replica or a dump does. */
    COPY(32),
    /** Redis comes back with the copy. */
    RESTORE(36),
    /** The epoch is raised while Redis goes on. */
    RAISE(40),
    /** A conversation that is gone is made anew. */
    CREATE(44);

    private static final int MOST = 15;

    private final int place;

    Chance(int place) {
        this.place = place;
    }

    int left(long chances) {
        return (int) (chances >>> place) & MOST;
    }

    long taken(long chances) {
        return chances - (1L << place);
    }

    long given(long chances, int times) {
        if (times < 0 || times + left(chances) > MOST) {
            throw new IllegalArgumentException("at most " + MOST + " times");
        }
        return chances + ((long) times << place);
    }
}
