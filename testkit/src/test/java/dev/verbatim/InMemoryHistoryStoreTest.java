package dev.verbatim;

import dev.verbatim.testkit.HistoryStoreContract;

final class InMemoryHistoryStoreTest extends HistoryStoreContract {
    private final InMemoryHistoryStore store = new InMemoryHistoryStore();

    @Override
    public HistoryStore store() {
        return store;
    }
}
