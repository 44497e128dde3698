package dev.verbatim.testkit;

/**
 * The contract that every {@link dev.verbatim.HistoryStore} keeps. A test of a store extends this and gives the store;
 * owners are new in each test, so that one store can serve them all.
 */
public abstract class HistoryStoreContract
        implements AppendContract, ReadContract, ConversationsContract, RevisionContract, LosslessContract {}
