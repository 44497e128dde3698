package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.AppendOptions;
import dev.verbatim.HistoryConfig;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import dev.verbatim.Window;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verbatim cache epoch} beside a store that runs. */
class CacheCommandTest {
    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void aRaisedEpochMakesEveryEntryAMiss() throws Exception {
        String database = RealServers.newDatabase();
        Map<String, String> settings = Map.of("DATABASE_URL", database);
        Owner owner = Owner.named("somebody");
        try (HybridHistoryStore store = HybridHistoryStore.open(HistoryConfig.of(database, RealServers.emptyRedis()))) {
            store.append(owner, "c", List.of(NewMessage.of("user", "a")), AppendOptions.CREATE);
            Await.until(() -> source(store, owner) == Window.Source.HIT);
            String before = Cli.run(0, settings, "cache", "epoch");
            assertThat(Cli.run(0, settings, "cache", "epoch")).isEqualTo(before);
            assertThat(Cli.run(0, settings, "cache", "epoch", "--raise"))
                    .startsWith("the cache begins anew")
                    .isNotEqualTo(before);
            Await.until(() -> source(store, owner) != Window.Source.HIT);
            Await.until(() -> source(store, owner) == Window.Source.HIT);

            String raised = Cli.run(0, settings, "cache", "epoch");
            assertThat(Cli.run(0, settings, "cache", "clear")).startsWith("the cache begins anew");
            assertThat(Cli.run(0, settings, "cache", "epoch")).isNotEqualTo(raised);
            Await.until(() -> source(store, owner) != Window.Source.HIT);
        }
    }

    @Test
    void aConversationIsShownAndTakenOut() throws Exception {
        String database = RealServers.newDatabase();
        String redis = RealServers.emptyRedis();
        Map<String, String> settings = Map.of("DATABASE_URL", database, "REDIS_URL", redis);
        Owner owner = Owner.named("somebody");
        String[] show = {"cache", "show", "c", "--user", "somebody"};
        try (HybridHistoryStore store = HybridHistoryStore.open(HistoryConfig.of(database, redis))) {
            store.append(owner, "c", List.of(NewMessage.of("user", "a")), AppendOptions.CREATE);
            Await.until(() -> source(store, owner) == Window.Source.HIT);
            assertThat(Cli.run(0, settings, show))
                    .contains("Redis: messages 1 to 1 of generation", "PostgreSQL: messages up to 1 of generation")
                    .contains("The entry is what PostgreSQL holds");
            assertThat(Cli.run(0, settings, "cache", "evict", "c", "--user", "somebody"))
                    .contains("Redis holds nothing of it any more");
            assertThat(Cli.run(0, settings, show)).contains("Redis: nothing that counts", "comes from PostgreSQL");
            assertThat(Cli.run(
                            0,
                            settings,
                            "cache",
                            "show",
                            "c",
                            "--user-id",
                            owner.id().toString()))
                    .isEqualTo(Cli.run(0, settings, show));
            assertThat(Cli.run(0, settings, "cache", "show", "nowhere", "--user", "somebody"))
                    .contains("PostgreSQL: no such conversation", "There is nothing to be read");
        }
    }

    @Test
    void withoutADatabaseItSaysWhatToSet() throws Exception {
        assertThat(Cli.run(
                        1, Map.of("VERBATIM_DATA_DIR", directory.resolve("none").toString()), "cache", "epoch"))
                .startsWith("verbatim: there is no PostgreSQL in")
                .contains("VERBATIM_DATA_DIR");
    }

    private static Window.Source source(HybridHistoryStore store, Owner owner) {
        return store.read(owner, "c", Slice.newest(5)).source();
    }
}
