package dev.verbatim.server.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class HttpSinkTest {
    private FakeService service;

    @BeforeEach
    void start() throws IOException {
        service = new FakeService();
    }

    @AfterEach
    void stop() {
        service.close();
    }

    private ImportSink.Stored store(String line, Duration patience) {
        return store(service.base(), line, patience);
    }

    private static ImportSink.Stored store(URI base, String line, Duration patience) {
        try (HttpSink sink = new HttpSink(base, "secret-key", Users.named("Zoë 50%"), patience)) {
            return sink.store(Samples.parse(line));
        }
    }

    @Test
    void sendsTheConversationThenItsMessagesAsTheUser() {
        ImportSink.Stored stored = store(
                "{\"id\":\"a/b ü\",\"title\":\"T\\\"\",\"services\":[1.0],\"created_at\":\"2024-01-02T03:04:05Z\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\","
                        + "\"created_at\":\"2024-01-02T03:04:05+02:00\",\"tokens_used\":5,\"model\":\"m\",\"x\":1e400},{\"role\":\"r\"}]}",
                Duration.ofSeconds(10));

        assertThat(stored).isEqualTo(new ImportSink.Stored(2, 0));
        assertThat(service.asked)
                .extracting(FakeService.Asked::path)
                .containsExactly("/api/conversations", "/api/conversations/a%2Fb%20%C3%BC/messages");
        assertThat(service.asked).extracting(FakeService.Asked::user).containsOnly("Zo%C3%AB%2050%25");
        assertThat(service.asked).extracting(FakeService.Asked::key).containsOnly("Bearer secret-key");
        assertThat(service.asked.getFirst().body())
                .isEqualTo("{\"id\":\"a/b ü\",\"title\":\"T\\\"\",\"metadata\":{\"services\":[1.0]},"
                        + "\"created_at\":\"2024-01-02T03:04:05.000000Z\"}");
        assertThat(service.asked.getLast().body())
                .isEqualTo(
                        "{\"messages\":[{\"id\":\"a/b ü:1\",\"created_at\":\"2024-01-02T01:04:05.000000Z\",\"role\":\"user\","
                                + "\"tokens_used\":5,\"model\":\"m\",\"content\":\"hi\",\"x\":1e400},{\"id\":\"a/b ü:2\",\"role\":\"r\"}]}");
    }

    private static final String EXPORTED_MESSAGES =
            ",\"metadata\":{},\"created_at\":\"2024-01-02T03:04:05.000000Z\",\"messages\":"
                    + "[{\"id\":\"m\",\"seq\":1,\"created_at\":\"2024-01-02T03:04:05.000000Z\",\"role\":\"user\",\"content\":\"hi\"}]}";

    @Test
    void takesAwayTheTitleThatAnExportHasNot() {
        store("{\"id\":\"a b\",\"title\":null" + EXPORTED_MESSAGES, Duration.ofSeconds(10));

        assertThat(service.asked)
                .extracting(FakeService.Asked::path)
                .containsExactly("/api/conversations", "/api/conversations/a%20b/messages", "/api/conversations/a%20b");
        assertThat(service.asked.getLast().body()).isEqualTo("{\"title\":null}");
    }

    @Test
    void leavesTheTitleThatIsThereOrIsMadeOfWhatAnotherProductWrote() {
        store("{\"id\":\"a\",\"title\":\"T\"" + EXPORTED_MESSAGES, Duration.ofSeconds(10));
        store(Samples.line("a", 3), Duration.ofSeconds(10));

        assertThat(service.asked)
                .extracting(FakeService.Asked::path)
                .doesNotContain("/api/conversations/a")
                .hasSize(4);
    }

    private static String held(int seq) {
        return "{\"id\":\"s:" + seq + "\",\"seq\":" + seq + ",\"created_at\":\"2024-01-01T00:00:00.000000Z\","
                + "\"role\":\"user\",\"content\":\"" + seq + "\"}";
    }

    @Test
    void looksAtWhatIsStoredOfASessionAndSendsWhatFollows() {
        service.holds(held(1), held(2), held(3));
        String messages = "[{\"role\":\"user\",\"content\":\"2\"},{\"content\":\"3\",\"role\":\"user\"},"
                + "{\"role\":\"user\",\"content\":\"4\"}]";
        SourceConversation session =
                SessionEntry.read("\"s\"".getBytes(StandardCharsets.UTF_8), messages.getBytes(StandardCharsets.UTF_8));
        try (HttpSink sink = new HttpSink(service.base(), "secret-key", Users.named("ann"), Duration.ofSeconds(10))) {
            assertThat(sink.store(session)).isEqualTo(new ImportSink.Stored(1, 2));
        }
        assertThat(service.asked.getLast().body())
                .isEqualTo("{\"messages\":[{\"id\":\"s:4\",\"role\":\"user\",\"content\":\"4\"}]}");
        assertThat(service.asked).hasSize(4);
    }

    @Test
    void sendsALongConversationInSeveralRequests() {
        assertThat(store(Samples.line("a", 2_500), Duration.ofSeconds(10))).isEqualTo(new ImportSink.Stored(2_500, 0));

        assertThat(service.asked.stream()
                        .skip(1)
                        .map(a -> a.json().get("messages").size()))
                .containsExactly(1_000, 1_000, 500);
    }

    @Test
    void sendsTheSameAgainWhenTheServiceIsAwayOrBusy() {
        service.answerFirst(503, 0, 429, 201);

        assertThat(store(Samples.line("a", 3), Duration.ofSeconds(30))).isEqualTo(new ImportSink.Stored(3, 0));
        assertThat(service.asked.subList(0, 4))
                .extracting(FakeService.Asked::path)
                .containsOnly("/api/conversations");
    }

    @Test
    void saysOnceThatItWaits() {
        service.answerFirst(503, 503, 503, 503, 503, 503);
        List<String> told = new CopyOnWriteArrayList<>();
        try (HttpSink sink = new HttpSink(service.base(), "secret-key", Users.named("ann"), Duration.ofSeconds(60))) {
            sink.tellWaits(told::add);
            sink.store(Samples.parse(Samples.line("a", 3)));
        }
        assertThat(told).containsExactly("the service answered 503: no, 503; trying again for up to 60 s");
    }

    @Test
    void givesUpAfterAWhileAndSaysWhatTheServiceSaid() {
        service.answerFirst(503, 503);

        assertThatThrownBy(() -> store(Samples.line("a", 3), Duration.ZERO))
                .isInstanceOf(ImportStoppedException.class)
                .hasMessage("the service answered 503: no, 503");
    }

    @Test
    void saysThatNobodyAnswers() {
        URI base = service.base();
        service.close();

        assertThatThrownBy(() -> store(base, Samples.line("a", 3), Duration.ofMillis(200)))
                .isInstanceOf(ImportStoppedException.class)
                .hasMessageContaining("the service at " + base + " does not answer");
    }

    @ParameterizedTest
    @ValueSource(ints = {400, 404, 409, 410, 413, 500})
    void aRefusalIsAboutThatConversationAlone(int status) {
        service.answerFirst(status);

        assertThatThrownBy(() -> store(Samples.line("a", 3), Duration.ofSeconds(10)))
                .isInstanceOf(EntryRefusedException.class)
                .hasMessage("the service answered " + status + ": no, " + status);
        assertThat(service.asked).hasSize(1);
    }

    @ParameterizedTest
    @ValueSource(ints = {401, 403})
    void aWrongKeyEndsTheImportAndIsNotShown(int status) {
        service.answerFirst(status);

        assertThatThrownBy(() -> store(Samples.line("a", 3), Duration.ofSeconds(10)))
                .isInstanceOf(ImportStoppedException.class)
                .hasMessageContaining("VERBATIM_ADMIN_KEY")
                .hasMessageNotContaining("secret-key");
        assertThat(service.asked).hasSize(1);
    }
}
