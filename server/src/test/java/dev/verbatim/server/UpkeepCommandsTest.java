package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.AppendOptions;
import dev.verbatim.HistoryConfig;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import dev.verbatim.testkit.RealServers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verbatim backup}, {@code restore} and {@code schema}, as processes. */
class UpkeepCommandsTest {
    private static final Owner ANN = Owner.named("ann");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @Test
    void whatWasBackedUpOfAServerComesBackInAnEmbeddedOne() throws Exception {
        String database = RealServers.newDatabase();
        try (HybridHistoryStore store = HybridHistoryStore.open(HistoryConfig.of(database, RealServers.emptyRedis()))) {
            store.append(ANN, "c", List.of(NewMessage.of("user", "hello")), AppendOptions.CREATE);
            assertThat(run(0, Map.of("DATABASE_URL", database), "backup", "all.backup"))
                    .startsWith("all.backup: ");
        }
        Map<String, String> embedded =
                Map.of("VERBATIM_DATA_DIR", directory.resolve("data").toString());
        assertThat(run(1, embedded, "backup", "none.backup")).contains("there is no PostgreSQL in");
        assertThat(run(0, embedded, "restore", "all.backup")).startsWith("restored ");
        assertThat(run(1, embedded, "restore", "all.backup")).contains("not empty");
        assertThat(run(0, embedded, "schema", "status")).contains("1  conversations: done");

        assertThat(run(0, embedded, "backup", "again.backup")).startsWith("again.backup: ");
        String other = RealServers.newDatabase();
        run(0, Map.of("DATABASE_URL", other), "restore", "again.backup");
        try (HybridHistoryStore store = HybridHistoryStore.open(HistoryConfig.of(other, RealServers.emptyRedis()))) {
            assertThat(store.read(ANN, "c", Slice.newest(5)).messages()).hasSize(1);
        }

        assertThat(run(0, embedded, "schema", "reset", "--yes")).contains("all was deleted");
        assertThat(run(0, embedded, "restore", "all.backup")).startsWith("restored ");
    }

    @Test
    void theSchemaIsPrintedMigratedAndNeverResetOnAServerOfOnesOwn() throws Exception {
        Map<String, String> settings = Map.of("DATABASE_URL", RealServers.newDatabase());
        assertThat(run(0, settings, "schema", "print"))
                .contains("-- V1__conversations.sql")
                .contains("CREATE TABLE messages");
        assertThat(run(1, settings, "schema", "status")).contains("1  conversations: not yet done");
        assertThat(run(0, settings, "schema", "migrate")).contains("migrations done");
        assertThat(run(0, settings, "schema", "migrate")).contains("are up to date");
        assertThat(run(1, settings, "schema", "reset", "--yes")).contains("DATABASE_URL is set");
        assertThat(run(0, settings, "schema", "status")).contains("1  conversations: done");
        assertThat(run(64, settings, "schema", "print", "--nothing")).contains("see --help");
        assertThat(run(64, settings, "restore")).contains("FILE");
        Files.writeString(directory.resolve("text"), "this is no backup at all, only some text");
        assertThat(run(1, settings, "restore", "text")).contains("is not a backup");
    }

    private String run(int status, Map<String, String> settings, String... arguments) throws Exception {
        try (Serve run = Serve.run(directory, settings, arguments)) {
            assertThat(run.exitCode()).as(run.output() + run.errors()).isEqualTo(status);
            return run.output() + run.errors();
        }
    }
}
