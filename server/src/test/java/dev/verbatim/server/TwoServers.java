package dev.verbatim.server;

import dev.verbatim.HistoryConfig;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.testkit.RealServers;

/** Two servers beside each other, with one new database and one empty Redis. */
final class TwoServers implements AutoCloseable {
    final String database = RealServers.newDatabase();
    final String redis = RealServers.emptyRedis();
    final HybridHistoryStore firstStore = HybridHistoryStore.open(HistoryConfig.of(database, redis));
    final HybridHistoryStore secondStore = HybridHistoryStore.open(HistoryConfig.of(database, redis));
    final TestServer first = TestServer.start(firstStore, firstStore.accounts());
    final TestServer second = TestServer.start(secondStore, secondStore.accounts());

    @Override
    public void close() {
        first.close();
        second.close();
        firstStore.close();
        secondStore.close();
    }
}
