package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.AppendOptions;
import dev.verbatim.HistoryConfig;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import dev.verbatim.testkit.RealServers;
import java.io.ByteArrayInputStream;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code verbatim backup}, {@code restore} and {@code schema}. */
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
            assertThat(Cli.run(0, Map.of("DATABASE_URL", database), "backup", file("all.backup")))
                    .startsWith(file("all.backup") + ": ");
        }
        Map<String, String> embedded =
                Map.of("VERBATIM_DATA_DIR", directory.resolve("data").toString());
        assertThat(Cli.run(1, embedded, "backup", file("none.backup"))).contains("there is no PostgreSQL in");
        assertThat(Cli.run(0, embedded, "restore", file("all.backup"))).startsWith("restored ");
        assertThat(Cli.run(1, embedded, "restore", file("all.backup"))).contains("not empty");
        assertThat(Cli.run(0, embedded, "schema", "status")).contains("1  conversations: done");

        assertThat(Cli.run(0, embedded, "backup", file("again.backup"))).startsWith(file("again.backup") + ": ");
        String other = RealServers.newDatabase();
        Cli.run(0, Map.of("DATABASE_URL", other), "restore", file("again.backup"));
        try (HybridHistoryStore store = HybridHistoryStore.open(HistoryConfig.of(other, RealServers.emptyRedis()))) {
            assertThat(store.read(ANN, "c", Slice.newest(5)).messages()).hasSize(1);
        }

        assertThat(Cli.run(0, embedded, "schema", "reset", "--yes")).contains("all was deleted");
        assertThat(Cli.run(0, embedded, "restore", file("all.backup"))).startsWith("restored ");
    }

    @Test
    void theSchemaIsPrintedMigratedAndNeverResetOnAServerOfOnesOwn() throws Exception {
        Map<String, String> settings = Map.of("DATABASE_URL", RealServers.newDatabase());
        assertThat(Cli.run(0, settings, "schema", "print"))
                .contains("-- V1__conversations.sql")
                .contains("CREATE TABLE messages");
        assertThat(Cli.run(1, settings, "schema", "status")).contains("1  conversations: not yet done");
        assertThat(Cli.run(0, settings, "schema", "migrate")).contains("migrations done");
        assertThat(Cli.run(0, settings, "schema", "migrate")).contains("are up to date");
        assertThat(Cli.run(1, settings, "schema", "reset", "--yes")).contains("DATABASE_URL is set");
        assertThat(Cli.run(0, settings, "schema", "status")).contains("1  conversations: done");
        assertThat(Cli.run(64, settings, "schema", "print", "--nothing")).contains("see --help");
        assertThat(Cli.run(64, settings, "restore")).contains("FILE");
        Files.writeString(directory.resolve("text"), "this is no backup at all, only some text");
        assertThat(Cli.run(1, settings, "restore", file("text"))).contains("is not a backup");
    }

    @Test
    void whatIsInMemoryOnlyIsNotLeftOutOfABackupWithoutAWord() throws Exception {
        Map<String, String> settings =
                Map.of("DATABASE_URL", RealServers.newDatabase(), "VERBATIM_DATA_DIR", directory.toString());
        Map<String, String> memory = new HashMap<>(settings);
        memory.put("STORE_MODE", "memory");
        assertThat(Cli.run(1, memory, "backup", file("all.backup"))).contains("STORE_MODE=dual or hybrid");
        Files.writeString(directory.resolve("sessions.jsonl"), "{}\n");
        assertThat(Cli.run(1, settings, "backup", file("all.backup"))).contains("sessions.jsonl");
        assertThat(Cli.run(1, settings, "retention", "--dry-run", "--days", "1"))
                .contains("sessions.jsonl");
        assertThat(directory.resolve("all.backup")).doesNotExist();
        Files.delete(directory.resolve("sessions.jsonl"));
        assertThat(Cli.run(64, settings, "restore", file("none.backup"))).contains("none.backup");
        assertThat(Cli.run(64, settings, "backup", file("none/all.backup"))).contains("directory");
    }

    @Test
    void aResetAsksAndWithoutAYesLeavesEverything() throws Exception {
        String database = RealServers.newDatabase();
        try (HybridHistoryStore store = HybridHistoryStore.open(HistoryConfig.of(database, RealServers.emptyRedis()))) {
            store.append(ANN, "c", List.of(NewMessage.of("user", "hello")), AppendOptions.CREATE);
        }
        Cli.run(0, Map.of("DATABASE_URL", database), "backup", file("all.backup"));
        String data = directory.resolve("data").toString();
        Map<String, String> embedded = Map.of("VERBATIM_DATA_DIR", data);
        Cli.run(0, embedded, "restore", file("all.backup"));

        for (String answer : List.of("", "\n", "no\n", "y\n", "yes, or rather no\n")) {
            assertThat(answering(1, answer, embedded, "schema", "reset"))
                    .contains(data, "deleted for good", "Type yes", "nothing was deleted")
                    .doesNotContain("all was deleted");
        }
        assertThat(Cli.run(1, embedded, "restore", file("all.backup"))).contains("not empty");
        assertThat(answering(0, "yes\n", embedded, "schema", "reset")).contains("Type yes", "all was deleted");
        assertThat(Cli.run(0, embedded, "restore", file("all.backup"))).startsWith("restored ");
    }

    /** As {@link Cli#run}, with somebody who types {@code answer} and then ends the input. */
    private static String answering(int status, String answer, Map<String, String> settings, String... arguments) {
        InputStream before = System.in;
        System.setIn(new ByteArrayInputStream(answer.getBytes(StandardCharsets.UTF_8)));
        try {
            return Cli.run(status, settings, arguments);
        } finally {
            System.setIn(before);
        }
    }

    private String file(String name) {
        return directory.resolve(name).toString();
    }
}
