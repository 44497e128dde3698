package dev.verbatim.server;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.Owner;
import dev.verbatim.server.TestClient.Answer;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.Stream;
import java.util.zip.CRC32;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code POST /api/import}: files of any size and kind, for the caller alone. */
class ImportApiTest {
    private static final String LINE = "{\"id\":\"%s\",\"messages\":[{\"role\":\"user\",\"content\":\"%s\"}]}\n";

    @TempDir
    @SuppressWarnings("NullAway.Init")
    private Path directory;

    @SuppressWarnings("NullAway.Init")
    private TestServer server;

    @BeforeEach
    void start() {
        server = TestServer.with(Map.of("VERBATIM_DATA_DIR", directory.toString()));
    }

    @AfterEach
    void stop() {
        server.close();
    }

    private Answer bring(String user, String query, byte[] file) {
        return server.as(user).sendBody("POST", "/api/import" + query, BodyPublishers.ofByteArray(file));
    }

    private Answer bring(String file) {
        return bring("ann", "", file.getBytes(StandardCharsets.UTF_8));
    }

    private long stored(String user, String id) {
        return server.store.get(Owner.named(user), id).map(c -> c.lastSeq()).orElse(-1L);
    }

    private void assertNothingIsLeftOnDisk() throws IOException {
        try (Stream<Path> files = Files.walk(directory)) {
            assertThat(files.filter(Files::isRegularFile)).isEmpty();
        }
    }

    @Test
    void whatIsBroughtIsTheCallersAndASecondTimeNothingIsDoubled() throws IOException {
        String file = LINE.formatted("a", "one") + "not JSON\n" + LINE.formatted("b", "two");
        for (int time = 0; time < 2; time++) {
            Answer answer = bring(file);
            assertThat(answer.status()).isEqualTo(200);
            assertThat(answer.text())
                    .matches("\\{\"conversations\":2,\"messages\":2,\"skipped\":1,"
                            + "\"errors\":\\[\\{\"at\":\"line 2\",\"message\":\"[^\"]+.*\"}]}");
        }
        assertThat(stored("ann", "a")).isEqualTo(1);
        assertThat(stored("bob", "a")).isEqualTo(-1);
        assertNothingIsLeftOnDisk();
    }

    @Test
    void whatIsBroughtIsListedByWhenItWasSaid() {
        String line = "{\"id\":\"%1$s\",\"created_at\":\"%1$s-01-01T00:00:00Z\","
                + "\"messages\":[{\"role\":\"user\",\"created_at\":\"%1$s-02-01T00:00:00Z\"}]}\n";
        bring(line.formatted("2022") + line.formatted("2024") + line.formatted("2023"));
        assertThat(server.as("ann").get("/api/conversations").json().at("/data").findValuesAsString("updated_at"))
                .containsExactly(
                        "2024-02-01T00:00:00.000000Z", "2023-02-01T00:00:00.000000Z", "2022-02-01T00:00:00.000000Z");
    }

    @Test
    void aBodyMayBeLargerThanAnyOther() {
        String line = LINE.formatted("c%d", "x".repeat(1_000_000));
        StringBuilder file = new StringBuilder();
        for (int i = 0; i < 20; i++) {
            file.append(line.replace("%d", "" + i));
        }
        Answer answer = bring(file.toString());
        assertThat(answer.status()).isEqualTo(200);
        assertThat(answer.json().at("/conversations").asInt()).isEqualTo(20);
        assertThat(stored("ann", "c19")).isEqualTo(1);
    }

    @Test
    void sessionsAreTheCallersWhateverTheirIdsSay() {
        String sessions = "{\"bob:1\":[{\"role\":\"user\",\"content\":\"hi\"}],\"empty\":[]}";
        assertThat(bring("ann", "?format=sessions", sessions.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
        assertThat(stored("ann", "bob:1")).isEqualTo(1);
        assertThat(stored("ann", "empty")).isZero();
        byte[] pickle = "(dVp\n(l(dVrole\nVuser\nsas.".getBytes(StandardCharsets.US_ASCII);
        assertThat(bring("ann", "", pickle).json().at("/messages").asInt()).isEqualTo(1);
        assertThat(stored("ann", "p")).isEqualTo(1);
    }

    @Test
    void aHostilePickleIsRefusedByName() {
        Answer answer = bring("cos\nsystem\n(S'true'\ntR.");
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.param()).isEqualTo("body");
        assertThat(answer.text()).contains("os.system");
    }

    @Test
    void aZipIsReadToo() throws IOException {
        byte[] conversations;
        try (InputStream in = ImportApiTest.class.getResourceAsStream("/import/chatgpt.json")) {
            conversations = Objects.requireNonNull(in).readAllBytes();
        }
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(new ZipEntry("conversations.json"));
            out.write(conversations);
        }
        Answer plain = bring("plain", "?format=chatgpt", conversations);
        Answer packed = bring("packed", "", zip.toByteArray());
        assertThat(packed.status()).isEqualTo(200);
        assertThat(packed.json().at("/conversations").asInt()).isPositive();
        assertThat(packed.json().at("/messages")).isEqualTo(plain.json().at("/messages"));
    }

    @Test
    void aConversationMayTakeManyLines() {
        String pretty = "{\n  \"id\": \"a\",\n  \"messages\": [\n    {\"role\": \"user\"}\n  ]\n}\n";
        Answer answer = bring(pretty);
        assertThat(answer.json().at("/skipped").asInt()).isZero();
        assertThat(stored("ann", "a")).isEqualTo(1);
        assertThat(bring("ann", "?format=jsonl", pretty.getBytes(StandardCharsets.UTF_8))
                        .status())
                .isEqualTo(200);
    }

    @Test
    void aZipThatWasDamagedIsRefusedBeforeAnythingIsStored() throws IOException {
        byte[] list =
                "[{\"conversation_id\":\"c\",\"mapping\":{}},{\"title\":\"hello\"}]".getBytes(StandardCharsets.UTF_8);
        CRC32 sum = new CRC32();
        sum.update(list);
        ZipEntry entry = new ZipEntry("conversations.json");
        entry.setMethod(ZipEntry.STORED);
        entry.setSize(list.length);
        entry.setCrc(sum.getValue());
        ByteArrayOutputStream zip = new ByteArrayOutputStream();
        try (ZipOutputStream out = new ZipOutputStream(zip)) {
            out.putNextEntry(entry);
            out.write(list);
        }
        String damaged = zip.toString(StandardCharsets.ISO_8859_1).replace("hello", "jello");
        Answer answer = bring("ann", "", damaged.getBytes(StandardCharsets.ISO_8859_1));
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.text()).contains("damaged", "conversations.json");
        assertThat(stored("ann", "c")).isEqualTo(-1);
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "name,age\nann,7\n",
                "# A conversation\n\n**user**: hi\n",
                "\u0000\u0001\u0002",
                "[{\"role\":\"user\",\"content\":\"hi\"}]",
                "{\"some\":\"thing\"}\n{\"some\":\"thing else\"}\n"
            })
    void whatHoldsNoConversationIsRefusedAsAWhole(String file) {
        Answer answer = bring(file);
        assertThat(answer.status()).isEqualTo(400);
        assertThat(answer.param()).isEqualTo("body");
        assertThat(answer.text()).doesNotContain("line 1");
    }

    @Test
    void ofManyErrorsTheFirstAreTold() {
        byte[] lines = "not JSON\n".repeat(1_000).getBytes(StandardCharsets.UTF_8);
        Answer answer = bring("ann", "?format=verbatim", lines);
        assertThat(answer.json().at("/skipped").asInt()).isEqualTo(1_000);
        assertThat(answer.json().at("/errors").size()).isEqualTo(100);
        assertThat(answer.json().at("/errors/99/at").asString()).isEqualTo("line 100");
    }

    @Test
    void aClientThatBreaksOffLeavesNothingHalfDone() throws IOException {
        String head = "POST /api/import HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer " + TestServer.ADMIN
                + "\r\nVerbatim-User: ann\r\nContent-Length: 1000\r\n\r\n";
        try (RawConnection connection = new RawConnection(server.port())) {
            connection.send(head + LINE.formatted("a", "one"));
            Waiting.until(() -> Files.isDirectory(directory.resolve("imports")));
        }
        Waiting.until(() -> {
            String[] left = directory.resolve("imports").toFile().list();
            return left != null && left.length == 0;
        });
        assertThat(stored("ann", "a")).isEqualTo(-1);
        assertNothingIsLeftOnDisk();
    }

    @Test
    void whatIsNoImportIsRefused() {
        assertThat(bring("").param()).isEqualTo("body");
        List<Answer> wrong = List.of(
                bring("ann", "?format=csv", "x".getBytes(StandardCharsets.UTF_8)),
                bring("ann", "?format=", "x".getBytes(StandardCharsets.UTF_8)));
        assertThat(wrong).allSatisfy(answer -> {
            assertThat(answer.status()).isEqualTo(400);
            assertThat(answer.param()).isEqualTo("format");
        });
    }
}
