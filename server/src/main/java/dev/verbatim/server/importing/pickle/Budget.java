package dev.verbatim.server.importing.pickle;

/** How much memory a pickle may take, estimated from above and spent before anything is allocated. For one thread. */
final class Budget {
    /** A small object and the places that point to it. */
    static final long OBJECT = 96;

    private long left;

    Budget(long bytes) {
        this.left = bytes;
    }

    void spend(long bytes) {
        left -= bytes;
        if (left < 0) {
            throw new PickleException(
                    "the pickle takes more memory than there is; give it more: VERBATIM_JAVA_OPTS=-Xmx4g");
        }
    }
}
