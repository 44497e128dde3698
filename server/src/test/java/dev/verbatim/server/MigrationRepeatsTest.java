package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.HistoryConfig;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.MessageEdit;
import dev.verbatim.Owner;
import dev.verbatim.server.migration.DualHistoryStore;
import dev.verbatim.testkit.RealServers;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What differs is seen also when every request says that it may be sent again, as those of the stock clients do. */
class MigrationRepeatsTest {
    private static final String MESSAGES = "/api/conversations/c/messages";

    private final HybridHistoryStore truth =
            HybridHistoryStore.open(HistoryConfig.of(RealServers.newDatabase(), RealServers.emptyRedis()));
    private final InMemoryHistoryStore memory = new InMemoryHistoryStore();

    @ParameterizedTest
    @CsvSource({"X-Stainless-Retry-Count,0,0", "Idempotency-Key,key-one,key-two"})
    void aDifferenceIsReported(String header, String first, String second) {
        try (DualHistoryStore dual = new DualHistoryStore(truth, memory);
                TestServer server = TestServer.start(dual, truth.accounts())) {
            TestClient ann = server.as("ann");
            say(ann.with(header, first), "m1");
            assertThat(ann.get(MESSAGES).status()).isEqualTo(200);
            assertThat(dual.differences().comparisons()).isEqualTo(1);
            assertThat(dual.differences().all()).isEmpty();
            memory.edit(Owner.named("ann"), "c", "m1", MessageEdit.fromJson("{\"content\":\"something else\"}"));
            say(ann.with(header, second), "m2");
            assertThat(ann.get(MESSAGES).text()).contains("said in m1", "said in m2");
            assertThat(server.admin().get("/api/admin/migration").text())
                    .contains("\"differences\":1,", "\"what\":\"message 1 differs\"");
        }
    }

    private static void say(TestClient client, String id) {
        String message = "{\"id\":\"" + id + "\",\"role\":\"user\",\"content\":\"said in " + id + "\"}";
        assertThat(client.post(MESSAGES + "?create=true", message).status()).isEqualTo(201);
    }
}
