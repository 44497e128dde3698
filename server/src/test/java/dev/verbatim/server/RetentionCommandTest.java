package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.AppendOptions;
import dev.verbatim.HistoryConfig;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.ListQuery;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.testkit.RealServers;
import dev.verbatim.testkit.TableTraces;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** {@code verbatim retention --dry-run} beside a store that runs. */
class RetentionCommandTest {
    @Test
    void aDryRunSaysHowManyWhoseAndSinceWhenAndDeletesNothing() throws Exception {
        String database = RealServers.newDatabase();
        Owner ann = Owner.named("ann");
        Owner bob = Owner.named("apps", "bob");
        try (HybridHistoryStore store = HybridHistoryStore.open(HistoryConfig.of(database, RealServers.emptyRedis()))) {
            for (String id : List.of("a", "b", "c")) {
                store.append(ann, id, List.of(NewMessage.of("user", "hi")), AppendOptions.CREATE);
            }
            store.append(bob, "a", List.of(NewMessage.of("user", "hi")), AppendOptions.CREATE);
            TableTraces tables = new TableTraces(database);
            tables.sql("UPDATE conversations SET updated_at = '2001-02-03 04:05:06Z',"
                    + " active_minute = '2001-02-03 04:05:00Z' WHERE external_id IN ('a', 'b')");
            tables.sql("UPDATE conversations SET updated_at = '2000-01-01 00:00:01Z',"
                    + " active_minute = '2000-01-01 00:00:00Z' WHERE user_id = '" + bob.id() + "'");

            assertThat(Cli.run(0, Map.of("DATABASE_URL", database, "RETENTION_DAYS", "3650"), "retention", "--dry-run"))
                    .contains("conversations: 3 (messages: 3), of users: 2")
                    .contains("last activity of the oldest: 2000-01-01T00:00:01.000000Z")
                    .contains("ann: 2 conversations, the oldest of 2001-02-03T04:05:06.000000Z")
                    .contains("bob of apps: 1 conversations");
            assertThat(store.list(ann, ListQuery.newest(10)).data()).hasSize(3);
            assertThat(Cli.run(0, Map.of("DATABASE_URL", database), "retention", "--dry-run", "--days", "36500"))
                    .contains("conversations: 0 (messages: 0), of users: 0");
        }
    }

    @Test
    void withoutDaysItSaysWhatToSet() throws Exception {
        assertThat(Cli.run(64, Map.of(), "retention", "--dry-run")).contains("--days", "RETENTION_DAYS");
        assertThat(Cli.run(64, Map.of("RETENTION_DAYS", "30"), "retention")).contains("--dry-run");
    }
}
