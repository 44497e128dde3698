package dev.verbatim.server.cli;

import dev.verbatim.server.importing.ImportReport;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

/** The demo, step by step; prints as it goes. For one thread. */
final class DemoTour {
    static final String USER = "demo";
    private static final String KILLED = "written-while-killed";
    private static final int LIMIT = 1_000;
    private static final JsonMapper JSON = new JsonMapper();

    /** What brings the file. */
    interface Bringing {
        ImportReport bring() throws IOException;
    }

    private final DemoService service;
    private final DemoClient client;
    private final List<JsonNode> conversations;

    DemoTour(DemoService service, DemoClient client, Path file) throws IOException {
        this.service = service;
        this.client = client;
        this.conversations = read(file);
    }

    private static List<JsonNode> read(Path file) throws IOException {
        try (BufferedReader lines = Files.newBufferedReader(file)) {
            return lines.lines().map(JSON::readTree).toList();
        }
    }

    /** True when everything that was acknowledged was there at the end. */
    boolean run(Bringing bringing) throws IOException {
        say("1. A service of its own starts: PostgreSQL 18 that syncs every commit, Redis 7 as its cache.");
        say("   ready after " + seconds(service.start(client)));
        say("2. It imports " + conversations.size() + " conversations.");
        ImportReport report = bringing.bring();
        say("   " + report.now() + " messages stored, each on disk before it was acknowledged");
        say("3. It chats. With no model set a built-in answerer replies from the user's own history.");
        chat("My name is Ada, and I like Peruvian food.");
        chat("Which food do I like?");
        say("4. It reads each conversation cold, from PostgreSQL, then hot, from Redis.");
        readColdAndHot();
        say("5. It is killed with -9 in the middle of writing, and started again.");
        DemoWriter written = killWhileWriting();
        say("   ready again after " + seconds(service.start(client)));
        say("6. Every message is compared with what was sent.");
        boolean imported = allThere();
        boolean whole = allThere(written) && imported && report.exitCode() == 0;
        say(whole ? "   nothing is lost" : "   SOMETHING IS NOT AS IT WAS SENT");
        sayWhatNext();
        return whole;
    }

    private void chat(String text) throws IOException {
        Map<String, Object> body =
                Map.of("conversation_id", "chat", "messages", List.of(Map.of("role", "user", "content", text)));
        JsonNode answer = client.post("/chat?create=true", body).json();
        say("   user:      " + text);
        say("   assistant: " + oneLine(answer.path("message").path("content").asString("")));
    }

    /** The first half only warms the JVMs up. */
    private void readColdAndHot() throws IOException {
        int half = conversations.size() / 2;
        List<DemoClient.Answer> cold = new ArrayList<>();
        List<DemoClient.Answer> hot = new ArrayList<>();
        for (JsonNode conversation : conversations) {
            String newest = DemoClient.messages(id(conversation)) + "?limit=20";
            cold.add(client.getFresh(newest));
            client.get(newest);
            hot.add(client.get(newest));
        }
        say("   cold: " + describe(cold.subList(half, cold.size())));
        say("   hot:  " + describe(hot.subList(half, hot.size())));
    }

    private static String describe(List<DemoClient.Answer> answers) {
        long hits =
                answers.stream().filter(a -> a.cacheStatus().contains("hit")).count();
        long[] nanos =
                answers.stream().mapToLong(a -> a.time().toNanos()).sorted().toArray();
        return String.format(
                Locale.ROOT,
                "%.2f ms median over %d reads, %d of them from Redis",
                nanos[nanos.length / 2] / 1e6,
                nanos.length,
                hits);
    }

    private DemoWriter killWhileWriting() throws IOException {
        DemoWriter writer = new DemoWriter(client, KILLED);
        writer.start();
        writer.awaitAcknowledged(100);
        service.killHard();
        writer.awaitEnd();
        say("   killed after " + writer.acknowledged() + " messages were acknowledged");
        return writer;
    }

    private boolean allThere() throws IOException {
        int messages = 0;
        int different = 0;
        for (JsonNode conversation : conversations) {
            List<JsonNode> stored = readAll(id(conversation));
            List<JsonNode> sent = new ArrayList<>();
            conversation.get("messages").forEach(sent::add);
            messages += stored.size();
            different += plain(stored).equals(sent) ? 0 : 1;
        }
        say("   " + messages + " imported messages read back, " + different + " conversations differ");
        return different == 0;
    }

    private boolean allThere(DemoWriter written) throws IOException {
        List<JsonNode> stored = readAll(KILLED);
        int found = 0;
        while (found < stored.size()
                && stored.get(found).path("content").asString("").equals(DemoWriter.content(found))) {
            found++;
        }
        say("   " + written.acknowledged() + " messages acknowledged before the kill, " + found + " there after it");
        return found == stored.size() && found >= written.acknowledged();
    }

    private List<JsonNode> readAll(String conversation) throws IOException {
        List<JsonNode> messages = new ArrayList<>();
        boolean more = true;
        while (more) {
            JsonNode slice = client.get(
                            DemoClient.messages(conversation) + "?after=" + messages.size() + "&limit=" + LIMIT)
                    .json();
            slice.get("data").forEach(messages::add);
            more = slice.get("has_more").asBoolean();
        }
        return messages;
    }

    /** Messages without what the store added to them. */
    private static List<JsonNode> plain(List<JsonNode> stored) {
        return stored.stream()
                .map(m -> (JsonNode) m.deepCopy().asObject().without(List.of("id", "seq", "created_at")))
                .toList();
    }

    private static String id(JsonNode conversation) {
        return conversation.get("id").asString();
    }

    private static void sayWhatNext() {
        say("");
        say("The demo's service and data are gone. Try next:");
        say(
                "  ./verbatim serve                                            a service that stays, with its data in ./data");
        say("  ./verbatim import examples/dialogues-200.jsonl --user ann   the same conversations, yours to read");
        say("  README.md, \"First five minutes\"                             chat, read, kill it yourself");
    }

    private static String oneLine(String text) {
        String line = text.replaceAll("\\s+", " ");
        return line.length() <= 240 ? line : line.substring(0, 240) + "…";
    }

    private static String seconds(Duration time) {
        return String.format(Locale.ROOT, "%.1f s", time.toMillis() / 1000.0);
    }

    private static void say(String line) {
        System.out.println(line);
    }
}
