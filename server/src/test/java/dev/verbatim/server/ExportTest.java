package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.AppendOptions;
import dev.verbatim.HistoryStore;
import dev.verbatim.MessageEdit;
import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.server.TestClient.Answer;
import dev.verbatim.server.importing.ImportReport;
import dev.verbatim.server.importing.Importer;
import dev.verbatim.server.importing.JsonLinesSource;
import dev.verbatim.server.importing.Progress;
import dev.verbatim.server.importing.StoreSink;
import dev.verbatim.server.importing.Users;
import dev.verbatim.testkit.RandomJson;
import java.io.IOException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.function.LongConsumer;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** What goes out whole comes in again as it was. */
class ExportTest {
    private static final String C = "/api/conversations/c";
    private static final String MEBIBYTE_AND_MORE = "x".repeat(1_100_000);

    private final TestServer server = TestServer.start();
    private final TestClient anna = server.as("anna");

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @AfterEach
    void stop() {
        server.close();
    }

    @Test
    void jsonIsOneObjectWithAllOfIt() {
        anna.post("/api/conversations", "{\"id\":\"c\",\"title\":\"T\",\"metadata\":{\"n\":1e400}}");
        String message = say("{\"role\":\"user\",\"content\":\"" + MEBIBYTE_AND_MORE + "\"}");
        String next = say("{\"role\":\"tool\",\"a\":[1.0]}");
        Answer export = anna.get(C + "/export");
        assertThat(export.status()).isEqualTo(200);
        assertThat(export.header("Content-Type")).isEqualTo("application/json");
        String created = anna.get(C).json().at("/created_at").asString();
        assertThat(export.text())
                .isEqualTo("{\"id\":\"c\",\"title\":\"T\",\"metadata\":{\"n\":1e400},\"created_at\":\"" + created
                        + "\",\"messages\":[" + message + "," + next + "]}\n");
        assertThat(anna.get(C + "/export?format=json").text()).isEqualTo(export.text());
    }

    @Test
    void jsonLinesHaveALineForEachPartOfALongConversation() {
        anna.post("/api/conversations", "{\"id\":\"c\"}");
        String message = say("{\"role\":\"user\",\"content\":\"" + MEBIBYTE_AND_MORE + "\"}");
        String next = say("{\"role\":\"user\"}");
        Answer export = anna.get(C + "/export?format=jsonl");
        assertThat(export.header("Content-Type")).isEqualTo("application/x-ndjson");
        assertThat(export.text().lines())
                .satisfiesExactly(
                        line -> assertThat(line)
                                .startsWith("{\"id\":\"c\"")
                                .endsWith("\"messages\":[" + message + "]}"),
                        line -> assertThat(line).startsWith("{\"id\":\"c\"").endsWith("\"messages\":[" + next + "]}"));
    }

    @Test
    void markdownIsToBeRead() {
        anna.post("/api/conversations", "{\"id\":\"c\",\"title\":\"A\\n title\"}");
        JsonNode first = json(say("{\"role\":\"user\",\"content\":\"Hello\\n*you*\"}"));
        say("{\"role\":\"assistant\",\"content\":[{\"type\":\"text\",\"text\":\"parts\"},{\"type\":\"image\"}],"
                + "\"tool_calls\":[1.0,\"```\"]}");
        String text = anna.get(C + "/export?format=markdown").text();
        assertThat(text)
                .startsWith("# A title\n\nConversation c, begun 2")
                .contains(
                        "\n## 1 · user · " + first.at("/created_at").asString()
                                + "\n\nHello\n*you*\n\n## 2 · assistant · ",
                        "\n\nparts\n\n```json\n{\"type\":\"image\"}\n```\n")
                .endsWith("\n````json\n{\"tool_calls\":[1.0,\"```\"]}\n````\n");
    }

    @Test
    void anEmptyConversationIsExportedToo() {
        anna.post("/api/conversations", "{\"id\":\"c\"}");
        assertThat(anna.get(C + "/export").text()).endsWith(",\"messages\":[]}\n");
        assertThat(anna.get(C + "/export?format=jsonl").text())
                .isEqualTo(anna.get(C + "/export").text());
        assertThat(anna.get(C + "/export?format=markdown").text()).startsWith("# Untitled\n");
        assertThat(anna.get("/api/export").text())
                .isEqualTo(anna.get(C + "/export").text());
        assertThat(server.as("nobody").get("/api/export").text()).isEmpty();
    }

    @Test
    void whatCannotBeExportedIsRefused() {
        anna.post("/api/conversations", "{\"id\":\"c\"}");
        assertThat(anna.get(C + "/export?format=xml").param()).isEqualTo("format");
        assertThat(anna.get("/api/conversations/d/export").status()).isEqualTo(404);
        assertThat(anna.get("/api/export?format=json").status()).isEqualTo(400);
        Answer head = anna.send("HEAD", C + "/export", null);
        assertThat(head.status()).isEqualTo(200);
        assertThat(head.text()).isEmpty();
        assertThat(anna.get(C).status()).isEqualTo(200);
    }

    @Test
    void allThatIsExportedComesInAgainAsItWas() throws IOException {
        RandomJson random = RandomJson.withNewSeed();
        Owner owner = Owner.named("anna");
        for (int i = 0; i < 130; i++) {
            String id = "c/" + i;
            server.store.create(owner, new NewConversation(id, null, "{\"i\":" + i + "}"));
            for (String message : random.messages(i % 4)) {
                server.store.append(owner, id, NewMessage.fromJson(message));
            }
        }
        anna.post("/api/conversations", "{\"id\":\"c\"}");
        for (int m = 0; m < 4; m++) {
            say("{\"role\":\"user\",\"created_at\":\"2001-02-03T04:05:06.789Z\",\"content\":\"" + m + MEBIBYTE_AND_MORE
                    + "\"}");
        }
        say("{\"role\":\"user\",\"x\":\"" + "x".repeat(NewMessage.MAX_BYTES - 22) + "\"}");
        anna.post(C + "/fork", "{\"at_seq\":2}");
        anna.patch(
                C + "/messages/" + json(say("{\"role\":\"user\"}")).at("/id").asString(), "{\"content\":\"edited\"}");
        String export = anna.get("/api/export").text();
        assertThat(bring(export, "anna", server)).isZero();
        try (TestServer another = TestServer.start()) {
            assertThat(bring(export, "anna", another)).isPositive();
            assertThat(another.as("anna").get("/api/export").text())
                    .as("%s", random)
                    .isEqualTo(export);
            assertThat(bring(export, "anna", another)).isZero();
            bring(export, "bert", another);
            String bert = another.as("bert").get("/api/export").text();
            assertThat(bert.lines())
                    .containsExactlyInAnyOrderElementsOf(export.lines().toList());
        }
    }

    @Test
    void aTitleThatWasTakenAwayStaysAway() throws IOException {
        anna.post("/api/conversations", "{\"id\":\"c\"}");
        say("{\"role\":\"user\",\"content\":\"" + MEBIBYTE_AND_MORE + "\"}");
        say("{\"role\":\"user\",\"content\":\"in a line of its own\"}");
        assertThat(anna.get(C).json().at("/title").asString()).startsWith("xxx");
        anna.patch(C, "{\"title\":null}");
        String export = anna.get("/api/export").text();
        assertThat(export.lines()).hasSize(2).allMatch(line -> line.startsWith("{\"id\":\"c\",\"title\":null,"));
        try (TestServer another = TestServer.start()) {
            TestClient there = another.as("anna");
            bring(export, "anna", another);
            assertThat(there.get("/api/export").text()).isEqualTo(export);
            there.patch(C, "{\"title\":\"Mine\"}");
            bring(export, "anna", another);
            assertThat(there.get(C).json().at("/title").asString()).isEqualTo("Mine");
        }
    }

    @Test
    void realDialoguesGoOutAsTheyCameIn() throws IOException {
        assertThat(bring(Files.readString(Path.of("..", "examples", "dialogues-200.jsonl")), "anna", server))
                .isGreaterThan(1_000);
        String export = anna.get("/api/export").text();
        assertThat(export.lines()).hasSize(200);
        assertThat(export).contains("\"metadata\":{\"services\":[\"Restaurants_1\"]}");
        try (TestServer another = TestServer.start()) {
            bring(export, "anna", another);
            assertThat(another.as("anna").get("/api/export").text()).isEqualTo(export);
        }
    }

    /** How many messages were not there yet. */
    private long bring(String export, String user, TestServer to) throws IOException {
        Path file = Files.writeString(directory.resolve("export.jsonl"), export);
        try (JsonLinesSource source = JsonLinesSource.open(file)) {
            ImportReport report = new Importer(
                            new StoreSink(to.store, Users.named(user), Duration.ofSeconds(10)), new Silent())
                    .run(source);
            assertThat(report.exitCode()).isZero();
            return report.now();
        }
    }

    @Test
    void whatIsAppendedMeanwhileIsLeftOut() {
        anna.post("/api/conversations", "{\"id\":\"c\"}");
        String message = say("{\"role\":\"user\",\"content\":\"" + MEBIBYTE_AND_MORE + "\"}");
        String next = say("{\"role\":\"user\"}");
        try (TestServer slow = changing(after -> say("{\"role\":\"user\",\"content\":\"late\"}"))) {
            assertThat(slow.as("anna").get(C + "/export").text())
                    .contains(message + "," + next + "]}")
                    .doesNotContain("late");
        }
    }

    @Test
    void anExportDuringWhichTheHistoryIsChangedBreaksOffAndDoesNotLookWhole() {
        anna.post("/api/conversations", "{\"id\":\"c\"}");
        String id = json(say("{\"role\":\"user\",\"content\":\"" + MEBIBYTE_AND_MORE + "\"}"))
                .at("/id")
                .asString();
        say("{\"role\":\"user\"}");
        Owner owner = Owner.named("anna");
        LongConsumer edit = after -> server.store.edit(
                owner,
                "c",
                id,
                MessageEdit.fromJson("{\"content\":\"" + System.nanoTime() + MEBIBYTE_AND_MORE + "\"}"));
        LongConsumer deletion = after -> server.store.delete(owner, "c", AppendOptions.EXISTING);
        for (LongConsumer change : new LongConsumer[] {edit, deletion}) {
            try (TestServer slow = changing(change)) {
                assertThatThrownBy(() -> slow.as("anna").get(C + "/export?format=jsonl"))
                        .isInstanceOf(AssertionError.class)
                        .hasCauseInstanceOf(IOException.class);
            }
        }
    }

    /** A server of the same store in which something changes before each part but the first is read. */
    private TestServer changing(LongConsumer change) {
        HistoryStore store = (HistoryStore) Proxy.newProxyInstance(
                ExportTest.class.getClassLoader(), new Class<?>[] {HistoryStore.class}, (proxy, method, args) -> {
                    if (method.getName().equals("part") && (long) args[2] > 0) {
                        change.accept((long) args[2]);
                    }
                    try {
                        return method.invoke(server.store, args);
                    } catch (InvocationTargetException e) {
                        throw e.getCause();
                    }
                });
        return TestServer.start(store);
    }

    /** The message as it is stored. */
    private String say(String message) {
        Answer stored = anna.post(C + "/messages", message);
        assertThat(stored.status()).isEqualTo(201);
        String text = stored.text();
        return text.substring("{\"data\":[".length(), text.lastIndexOf("],\"last_seq\""));
    }

    private static JsonNode json(String text) {
        return JsonMapper.builder().build().readTree(text);
    }

    private static final class Silent implements Progress {
        @Override
        public void advance(long bytes, long messages) {}

        @Override
        public void note(String line) {}

        @Override
        public void close() {}
    }
}
