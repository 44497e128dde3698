package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.AppendOptions;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.server.migration.Differences;
import dev.verbatim.server.migration.DualHistoryStore;
import dev.verbatim.testkit.LogLines;
import java.util.List;
import java.util.Map;
import java.util.UUID;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** {@code verbatim migrate status} and the log, while two stores are compared. */
class MigrateStatusTest {
    private static final String TIME = "[0-9-]{10}T[0-9:.]{8,}Z";
    private static final Owner ANN = Owner.named("ann");
    private static final Owner REGISTERED = Owner.registered(UUID.randomUUID());

    private final InMemoryHistoryStore memory = new InMemoryHistoryStore();
    private final DualHistoryStore dual = new DualHistoryStore(new InMemoryHistoryStore(), memory);
    private final TestServer server = TestServer.with(dual, new InMemoryAccounts(), Map.of("STORE_MODE", "dual"));
    private final LogLines log = new LogLines(Differences.class.getName());

    @AfterEach
    void stop() {
        log.close();
        server.close();
    }

    private List<String> status(int exit) {
        Map<String, String> settings =
                Map.of("PORT", Integer.toString(server.port()), "VERBATIM_ADMIN_KEY", TestServer.ADMIN);
        return Cli.run(exit, settings, "migrate", "status").lines().toList();
    }

    private void say(Owner owner, String id) {
        dual.append(owner, id, List.of(NewMessage.of("user", "a secret")), AppendOptions.CREATE);
        dual.get(owner, id);
    }

    private void loses(Owner owner, String id) {
        memory.remove(owner, id);
        dual.get(owner, id);
    }

    @Test
    void sameIsSameAndEndsWithZero() {
        say(ANN, "c");
        assertThat(status(0)).containsExactly("STORE_MODE=dual: 1 answers compared, 0 differed");
        assertThat(log.all()).isEmpty();
    }

    @Test
    void whatDiffersIsListedALineForEachConversationAndEndsWithTwo() {
        say(ANN, "c");
        say(ANN, "same");
        say(REGISTERED, "d");
        loses(ANN, "c");
        loses(ANN, "c");
        loses(REGISTERED, "d");
        assertThat(status(2))
                .satisfiesExactly(
                        line -> assertThat(line).isEqualTo("STORE_MODE=dual: 6 answers compared, 3 differed"),
                        line -> assertThat(line).matches(TIME + "  ann  c  memory does not have it \\(2 times\\)"),
                        line -> assertThat(line)
                                .matches(TIME + "  " + REGISTERED.id() + "  d  memory does not have it \\(1 times\\)"));
    }

    @Test
    void theLogNamesTheConversationWhenADifferenceIsNewAndNotWhatWasSaid() {
        say(ANN, "c");
        loses(ANN, "c");
        loses(ANN, "c");
        assertThat(log.all())
                .containsExactly("WARN memory and PostgreSQL differ: conversation \"c\": memory does not have it");
        say(ANN, "c");
        assertThat(log.all())
                .hasSize(2)
                .last()
                .satisfies(line -> assertThat(line)
                        .contains("conversation \"c\": PostgreSQL has 2 messages, memory 1")
                        .doesNotContain("secret", "ann"));
    }
}
