package dev.verbatim.interleaving;

/** How far somebody knows a conversation: message {@code seq} of generation {@code gen}. */
record End(int gen, int seq) {
    static final End NOTHING = new End(0, 0);

    boolean isBehind(End other) {
        return gen < other.gen || (gen == other.gen && seq < other.seq);
    }

    End newest(End other) {
        return isBehind(other) ? other : this;
    }

    @Override
    public String toString() {
        return gen + "/" + seq;
    }
}
