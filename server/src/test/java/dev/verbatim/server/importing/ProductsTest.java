package dev.verbatim.server.importing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.Conversation;
import dev.verbatim.Message;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ProductsTest {
    @TempDir
    private Path directory;

    private final Imported imported = new Imported();

    @AfterEach
    void close() {
        imported.close();
    }

    private ImportReport bring(String resource) throws IOException {
        return imported.bring(Imported.resource(directory, resource));
    }

    private List<String> ids(String conversation) {
        return imported.messages(conversation).stream().map(Message::id).toList();
    }

    private String line(String conversation, int seq) {
        return imported.messages(conversation).get(seq - 1).json();
    }

    @ParameterizedTest
    @CsvSource({
        "open-assistant.jsonl, openassistant",
        "chatgpt.json, chatgpt",
        "open-webui.json, openwebui",
        "librechat-tree.json, librechat",
        "librechat-flat.json, librechat",
        "pickles/protocol-0.pkl, sessions",
        "pickles/protocol-1.pkl, sessions",
        "pickles/protocol-4.pkl, sessions"
    })
    void knowsAFileByWhatItHolds(String resource, String name) throws IOException {
        Formats.Opened opened = Formats.open(Imported.resource(directory, resource), "auto");
        opened.source().close();
        assertThat(opened.name()).isEqualTo(name);
    }

    @ParameterizedTest
    @CsvSource(delimiter = '|', quoteCharacter = '`', textBlock = """
                    {"messages":[{"role":"user"}]}              | jsonl
                    oops\\n{"messages":[{"role":"user"}]}       | jsonl
                    oops\\n{"message_tree_id":"a","prompt":{}}  | openassistant
                    {"a":[{"role":"user"}]}                     | sessions
                    {}                                          | sessions
                    []                                          | jsonl
                    """)
    void knowsSmallFilesToo(String content, String name) throws IOException {
        Path file = Files.writeString(directory.resolve("x"), content.replace("\\n", "\n"));
        Formats.Opened opened = Formats.open(file, "auto");
        opened.source().close();
        assertThat(opened.name()).isEqualTo(name);
    }

    @Test
    void bringsOpenAssistantTrees() throws IOException {
        ImportReport report = bring("open-assistant.jsonl");

        assertThat(report).isEqualTo(new ImportReport(4, 3 + 2 + 4 + 1, 0, 2, null));
        assertThat(imported.screen.notes)
                .satisfiesExactly(
                        note -> assertThat(note).isEqualTo("line 2: there is no \"prompt\""),
                        note -> assertThat(note).startsWith("line 3: not valid JSON"));
        assertThat(ids("tree-1")).containsExactly("p", "a", "q1");
        assertThat(ids("tree-1:b")).containsExactly("p", "b");
        assertThat(ids("tree-1:q2")).containsExactly("p", "a", "q2", "r");
        assertThat(imported.conversation("tree-1").metadata()).isEqualTo("{\"tree_state\":\"ready_for_export\"}");
        assertThat(imported.conversation("tree-1:b").metadata()).isEqualTo("{\"forked_from\":\"tree-1\"}");
        assertThat(line("tree-1", 1))
                .contains("\"role\":\"user\"", "\"content\":\"Why is the sky blue?\"")
                .contains("\"lang\":\"en\",\"review_count\":3,\"synthetic\":false,\"emojis\":{\"+1\":3}");
        assertThat(line("tree-1", 2)).contains("\"created_at\":\"2023-02-05T14:23:50.983374Z\"", "1/λ⁴");
        assertThat(line("tree-1:b", 2)).contains("\"role\":\"assistant\",\"model\":\"small\"");
        assertThat(line("tree-1:q2", 4)).contains("\"score\":1.50");
        assertThat(imported.contents("tree-3")).containsExactly("\"Hola \\ud83d\"");
    }

    @Test
    void bringsAChatGptExport() throws IOException {
        ImportReport report = bring("chatgpt.json");

        assertThat(report).isEqualTo(new ImportReport(4, 6 + 4 + 1 + 2, 0, 2, null));
        assertThat(imported.screen.notes)
                .satisfiesExactly(
                        note -> assertThat(note).isEqualTo("entry 2: conversation \"conv-2\" has no \"mapping\""),
                        note -> assertThat(note).startsWith("entry 4: not valid JSON"));
        assertThat(ids("conv-1")).containsExactly("sys", "u1", "a2", "t1", "u3", "a3");
        assertThat(ids("conv-1:a1")).containsExactly("sys", "u1", "a1", "u2");
        assertThat(imported.title("conv-1")).isEqualTo("Trip to Porto");
        assertThat(imported.title("conv-1:a1")).isEqualTo("Trip to Porto (2)");
        assertThat(imported.conversation("conv-1").metadata())
                .isEqualTo("{\"create_time\":1700000000.5,\"update_time\":1700000100.25,\"moderation_results\":[],"
                        + "\"current_node\":\"a3\",\"gizmo_id\":null,\"is_archived\":false}");
        assertThat(line("conv-1", 1)).contains("\"metadata\":{\"is_visually_hidden_from_conversation\":true}");
        assertThat(line("conv-1", 2))
                .isEqualTo(
                        "{\"id\":\"u1\",\"seq\":2,\"created_at\":\"2023-11-14T22:13:20.123456Z\",\"role\":\"user\","
                                + "\"content\":\"Where to?\",\"update_time\":null,\"status\":\"finished_successfully\","
                                + "\"end_turn\":null,\"weight\":1.0,\"metadata\":{\"timestamp_\":\"absolute\"},\"recipient\":\"all\"}");
        assertThat(line("conv-1", 3))
                .contains("\"model\":\"gpt-4o\",\"content\":\"print('Porto')\"")
                .contains("\"content_details\":{\"content_type\":\"code\",\"language\":\"python\"}");
        assertThat(line("conv-1", 4))
                .contains("\"role\":\"tool\"", "\"name\":\"python\"", "\"real_author\":\"tool:python\"")
                .contains("\"content\":\"Porto\\n\"");
        assertThat(line("conv-1", 5))
                .contains(
                        "\"content\":[{\"content_type\":\"image_asset_pointer\",\"asset_pointer\":\"file-service://file-1\","
                                + "\"size_bytes\":12345,\"width\":10},{\"type\":\"text\",\"text\":\"This one?\"}]");
        assertThat(line("conv-1", 6))
                .contains("\"content\":null", "\"thoughts\":[{\"summary\":\"Looking\",\"content\":\"A bridge.\"}]");
        assertThat(imported.contents("conv-3"))
                .containsExactly("[{\"type\":\"text\",\"text\":\"one\"},{\"type\":\"text\",\"text\":\"two\"}]");
        assertThat(imported.contents("conv-5")).hasSize(2);
    }

    @Test
    void bringsAChatGptZip() throws IOException {
        Path json = Imported.resource(directory, "chatgpt.json");
        Path zip = directory.resolve("export");
        try (OutputStream out = Files.newOutputStream(zip);
                ZipOutputStream entries = new ZipOutputStream(out)) {
            entries.putNextEntry(new ZipEntry("user.json"));
            entries.write("{}".getBytes(StandardCharsets.UTF_8));
            entries.putNextEntry(new ZipEntry("folder/conversations.json"));
            Files.copy(json, entries);
        }

        assertThat(imported.bring(zip)).isEqualTo(new ImportReport(4, 13, 0, 2, null));
        assertThat(imported.screen.notes).first().asString().startsWith("folder/conversations.json, entry 2: ");
        assertThat(imported.bring(json)).isEqualTo(new ImportReport(4, 0, 13, 2, null));
    }

    @Test
    void saysThatAZipHoldsNoConversations() throws IOException {
        Path zip = directory.resolve("export");
        try (ZipOutputStream entries = new ZipOutputStream(Files.newOutputStream(zip))) {
            entries.putNextEntry(new ZipEntry("user.json"));
        }
        assertThatThrownBy(() -> imported.bring(zip))
                .isInstanceOf(ImportStoppedException.class)
                .hasMessageContaining("no conversations.json");
        byte[] half = Files.readAllBytes(zip);
        Files.write(zip, Arrays.copyOf(half, half.length / 2));
        assertThatThrownBy(() -> imported.bring(zip)).isInstanceOf(ImportStoppedException.class);
    }

    @Test
    void bringsOpenWebUiChats() throws IOException {
        ImportReport report = bring("open-webui.json");

        assertThat(report).isEqualTo(new ImportReport(3, 2 + 3 + 2, 0, 2, null));
        assertThat(imported.screen.notes)
                .containsExactly(
                        "entry 3: chat \"chat-3\" has neither \"history\" nor \"messages\"",
                        "entry 4: message \"z\" is not a JSON object");
        assertThat(ids("chat-1")).containsExactly("m1", "m2");
        assertThat(ids("chat-1:m3")).containsExactly("m1", "m3", "m4");
        assertThat(ids("chat-2")).containsExactly("chat-2:1", "chat-2:2");
        assertThat(imported.title("chat-1")).isEqualTo("Soup");
        assertThat(imported.conversation("chat-1").metadata())
                .isEqualTo("{\"user_id\":\"u\",\"chat\":{\"id\":\"\",\"models\":[\"llama3.2\",\"qwen\"],"
                        + "\"params\":{\"temperature\":0.70},\"tags\":[\"food\"],\"timestamp\":1700000000123},"
                        + "\"updated_at\":1700000009,\"created_at\":1700000000,\"share_id\":null,\"archived\":false,"
                        + "\"pinned\":true,\"meta\":{\"tags\":[\"food\"]},\"folder_id\":null}");
        assertThat(line("chat-1", 2))
                .isEqualTo(
                        "{\"id\":\"m2\",\"seq\":2,\"created_at\":\"2023-11-14T22:13:21.000000Z\",\"role\":\"assistant\","
                                + "\"model\":\"llama3.2\",\"content\":\"Leek.\",\"modelName\":\"Llama\",\"modelIdx\":0,\"done\":true,"
                                + "\"usage\":{\"total_tokens\":12}}");
    }

    @Test
    void bringsLibreChatTreesAndLists() throws IOException {
        assertThat(bring("librechat-tree.json")).isEqualTo(new ImportReport(2, 4, 0, 0, null));
        assertThat(bring("librechat-flat.json")).isEqualTo(new ImportReport(2, 4, 0, 0, null));

        assertThat(ids("lc-1")).containsExactly("l1", "l3");
        assertThat(ids("lc-1:l2")).containsExactly("l1", "l2");
        assertThat(ids("lc-2")).containsExactly("f1", "f3");
        assertThat(ids("lc-2:f2")).containsExactly("f1", "f2");
        assertThat(imported.title("lc-1:l2")).isEqualTo("Birds (2)");
        assertThat(imported.conversation("lc-1").metadata()).contains("\"options\":{\"endpoint\":\"openAI\"");
        assertThat(line("lc-1", 1))
                .isEqualTo("{\"id\":\"l1\",\"seq\":1,\"created_at\":\"2024-05-01T10:00:00.000000Z\",\"role\":\"user\","
                        + "\"content\":\"Which bird sings?\",\"sender\":\"User\",\"tokenCount\":7}");
        assertThat(line("lc-1", 2))
                .contains(
                        "\"content\":[{\"type\":\"think\",\"think\":\"hm\"},{\"type\":\"text\",\"text\":\"The nightingale.\"}]")
                .doesNotContain("\"text\":\"\"");
        assertThat(line("lc-1:l2", 2))
                .contains("\"role\":\"assistant\",\"model\":\"gpt-4o\",\"content\":\"The wren.\"");
    }

    @Test
    void bringsAListOfChatMessagesAsItsLinesWouldBe() throws IOException {
        String one = "{\"id\":\"a\",\"messages\":[{\"role\":\"user\",\"content\":\"hi\"}]}";
        Path file = Files.writeString(directory.resolve("list"), "[\n" + one + ",\n7\n]");

        assertThat(imported.bring(file)).isEqualTo(new ImportReport(1, 1, 0, 1, null));
        assertThat(imported.screen.notes).containsExactly("entry 2: not a JSON object");
        assertThat(ids("a")).containsExactly("a:1");
    }

    @Test
    void againStoresNothing() throws IOException {
        for (String resource :
                List.of("open-assistant.jsonl", "chatgpt.json", "open-webui.json", "librechat-tree.json")) {
            long first = bring(resource).now();
            assertThat(bring(resource)).returns(0L, ImportReport::now).returns(first, ImportReport::before);
        }
    }

    @Test
    void aConversationThatWentOnElsewhereIsForkedWhereItLeavesWhatIsStored() throws IOException {
        Path file = Imported.resource(directory, "open-webui.json");
        imported.bring(file);
        String later = Files.readString(file).replace("\"currentId\": \"m2\"", "\"currentId\": \"m4\"");

        imported.bring(Files.writeString(file, later));

        assertThat(ids("chat-1")).as("what was stored").containsExactly("m1", "m2");
        assertThat(ids("chat-1:m3")).containsExactly("m1", "m3", "m4");
        assertThat(imported.conversations("ann"))
                .extracting(Conversation::id)
                .containsExactly("chat-1", "chat-1:m2", "chat-1:m3", "chat-2");
    }

    @Test
    void aThreadThatWentOnIsAppendedTo() throws IOException {
        Path file = Imported.resource(directory, "librechat-flat.json");
        imported.bring(file);
        String more =
                ",{\"messageId\":\"f4\",\"parentMessageId\":\"f3\",\"text\":\"more\",\"isCreatedByUser\":true}\n]}";

        ImportReport report =
                imported.bring(Files.writeString(file, Files.readString(file).replace("\n]}", more)));

        assertThat(report).isEqualTo(new ImportReport(2, 1, 4, 0, null));
        assertThat(ids("lc-2")).containsExactly("f1", "f3", "f4");
    }
}
