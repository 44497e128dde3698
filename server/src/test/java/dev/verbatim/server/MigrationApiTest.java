package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.Owner;
import dev.verbatim.server.migration.DualHistoryStore;
import org.junit.jupiter.api.Test;

/** Whoever runs the service sees what differs. */
class MigrationApiTest {
    @Test
    void aDifferenceIsCountedAndListed() {
        InMemoryHistoryStore memory = new InMemoryHistoryStore();
        try (TestServer server = TestServer.start(new DualHistoryStore(new InMemoryHistoryStore(), memory))) {
            TestClient ann = server.as("ann");
            ann.post("/api/conversations/c/messages?create=true", "{\"role\":\"user\",\"content\":\"hi\"}");
            ann.get("/api/conversations/c/messages");
            assertThat(ann.get("/metrics").text())
                    .contains("verbatim_dual_comparisons_total 1.0", "verbatim_dual_differences_total 0.0");
            memory.remove(Owner.named("ann"), "c");
            assertThat(ann.get("/api/conversations/c/messages")
                            .json()
                            .at("/data")
                            .size())
                    .isEqualTo(1);
            assertThat(ann.get("/metrics").text()).contains("verbatim_dual_differences_total 1.0");
            assertThat(server.admin().get("/api/admin/migration").text())
                    .contains("\"comparisons\":2,\"differences\":1,", "\"conversation_id\":\"c\"", "\"user\":\"ann\"");
        }
    }

    @Test
    void withoutTwoStoresThereIsNothingToCompare() {
        try (TestServer server = TestServer.start()) {
            assertThat(server.admin().get("/api/admin/migration").text())
                    .isEqualTo("{\"mode\":\"hybrid\",\"comparisons\":0,\"differences\":0,\"conversations\":[]}");
            assertThat(server.anonymous().get("/metrics").text()).doesNotContain("verbatim_dual");
        }
    }
}
