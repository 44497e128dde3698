package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.testkit.RealServers;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Compiles and runs the README's Java lines, and sees that they are the README's. */
class ReadmeExampleTest {
    private static final Path README = Path.of("..", "README.md");
    private static final Path SELF = Path.of("src/test/java/dev/verbatim/ReadmeExampleTest.java");

    private static void example(String databaseUrl, String redisUrl) {
        // README begins
        try (HistoryStore store = HybridHistoryStore.open(HistoryConfig.of(databaseUrl, redisUrl))) {
            Owner ann = Owner.named("ann");
            store.create(ann, NewConversation.withId("trip"));
            store.append(ann, "trip", NewMessage.of("user", "Where shall I go?"));
            NewMessage answer = NewMessage.fromJson("{\"role\":\"assistant\",\"content\":\"Porto\",\"model\":\"m1\"}");
            store.append(ann, "trip", answer);

            for (Message message : store.read(ann, "trip", Slice.newest(20)).messages()) {
                System.out.println(message.seq() + " " + message.role() + " " + message.json());
            }
        }
        // README ends
    }

    @Test
    void doesWhatTheReadmeShows() {
        PrintStream formerOut = System.out;
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        System.setOut(new PrintStream(out, true, StandardCharsets.UTF_8));
        try {
            example(RealServers.newDatabase(), RealServers.emptyRedis());
        } finally {
            System.setOut(formerOut);
        }

        assertThat(out.toString(StandardCharsets.UTF_8).lines().toList())
                .hasSize(2)
                .satisfies(lines -> {
                    assertThat(lines.getFirst()).startsWith("1 user {").contains("\"Where shall I go?\"");
                    assertThat(lines.getLast()).startsWith("2 assistant {").contains("\"model\":\"m1\"");
                });
    }

    @Test
    void isTheReadmesOwn() throws IOException {
        String here = between(Files.readString(SELF), "        // README begins\n", "        // README ends\n");

        assertThat(between(Files.readString(README), "```java\n", "```\n")).isEqualTo(here.indent(-8));
    }

    private static String between(String text, String begin, String end) {
        int from = text.indexOf(begin) + begin.length();
        return text.substring(from, text.indexOf(end, from));
    }
}
