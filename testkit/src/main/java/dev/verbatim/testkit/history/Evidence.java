package dev.verbatim.testkit.history;

/**
 * From the answer of an operation on it is known that the conversation is at least at {@code (gen, seq)}; a pair compares by
 * generation, then by seq.
 *
 * @param seq {@link #REPLACED} when the generation is known to be over
 */
record Evidence(Operation operation, long gen, long seq) {
    static final long REPLACED = Long.MAX_VALUE;

    long answered() {
        return operation.call().answered();
    }

    boolean isAbove(long otherGen, long otherSeq) {
        return gen > otherGen || (gen == otherGen && seq > otherSeq);
    }
}
