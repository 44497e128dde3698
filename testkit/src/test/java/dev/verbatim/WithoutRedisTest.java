package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.testkit.HistoryStoreContract;
import dev.verbatim.testkit.RealServers;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;

/** The whole contract holds while Redis is away: only the speed is less. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
final class WithoutRedisTest extends HistoryStoreContract {
    private static final String NOBODY_LISTENS_HERE = "redis://127.0.0.1:1";

    private final HybridHistoryStore store =
            HybridHistoryStore.open(HistoryConfig.of(RealServers.newDatabase(), NOBODY_LISTENS_HERE));

    @Override
    public HistoryStore store() {
        return store;
    }

    @Override
    @Test
    public void saysHowItIs() {
        assertThat(store.check().log()).isTrue();
        assertThat(store.check().cache()).isFalse();
    }

    @AfterAll
    void close() {
        store.close();
    }
}
