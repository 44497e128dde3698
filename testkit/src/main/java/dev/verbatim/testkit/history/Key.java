package dev.verbatim.testkit.history;

/** One conversation of one user. */
record Key(String user, String conversation) {
    @Override
    public String toString() {
        return user + "/" + conversation;
    }
}
