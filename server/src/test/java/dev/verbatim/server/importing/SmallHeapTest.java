package dev.verbatim.server.importing;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.function.Consumer;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Files larger than the heap go through, in a JVM of their own. */
final class SmallHeapTest {
    private static final int CONVERSATIONS = 250;
    private static final int MESSAGE = 500_000;

    @ParameterizedTest
    @ValueSource(strings = {"chatgpt", "sessions", "jsonl"})
    void bringsAFileThatDoesNotFitTheHeap(String format) throws Exception {
        String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
        Process process = new ProcessBuilder(
                        java,
                        "-Xmx64m",
                        "-XX:+UseSerialGC",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Main.class.getName(),
                        format)
                .redirectErrorStream(true)
                .start();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

        assertThat(process.waitFor()).as(said).isZero();
        assertThat(said).contains(new ImportReport(CONVERSATIONS, CONVERSATIONS, 0, 0, null).toString());
    }

    /** What the other JVM does: twice its heap, none of which is ever there at once. */
    static final class Main {
        private Main() {}

        public static void main(String[] arguments) throws IOException {
            try (ConversationSource source = source(arguments[0])) {
                System.out.println(new Importer(new Counting(), new Samples.Screen()).run(source));
            }
        }

        private static ConversationSource source(String format) {
            return switch (format) {
                case "chatgpt" ->
                    new TreeSource(new Pieces(new Made("[", ",", "]"), Longest.entry()), new ChatGptConversation(), "");
                case "sessions" ->
                    new SessionsSource(new Made("{", ",", "}") {
                        @Override
                        String piece(int n, String text) {
                            return "\"c" + n + "\":[{\"role\":\"user\",\"content\":\"" + text + "\"}]";
                        }
                    });
                default ->
                    JsonLinesSource.of(
                            new Made("", "\n", "") {
                                @Override
                                String piece(int n, String text) {
                                    return "{\"id\":\"c" + n + "\",\"messages\":[{\"role\":\"user\",\"content\":\""
                                            + text + "\"}]}";
                                }
                            },
                            Longest.entry());
            };
        }
    }

    /** A file that is made while it is read; of ChatGPT's conversations unless told otherwise. */
    private static class Made extends InputStream {
        private static final String TEXT = "ä word ".repeat(MESSAGE / 8);

        private final String divider;
        private final String end;
        private byte[] now;
        private int at;
        private int made;

        Made(String begin, String divider, String end) {
            this.divider = divider;
            this.end = end;
            this.now = begin.getBytes(StandardCharsets.UTF_8);
        }

        String piece(int n, String text) {
            return "{\"id\":\"c" + n + "\",\"mapping\":{\"m\":{\"message\":{\"author\":{\"role\":\"user\"},\"content\":"
                    + "{\"content_type\":\"text\",\"parts\":[\"" + text + "\"]}},\"parent\":null}}}";
        }

        @Override
        public int read() {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : Byte.toUnsignedInt(one[0]);
        }

        @Override
        public int read(byte[] into, int offset, int length) {
            while (at == now.length && made <= CONVERSATIONS) {
                String next = made == CONVERSATIONS ? end : (made == 0 ? "" : divider) + piece(made, TEXT);
                now = next.getBytes(StandardCharsets.UTF_8);
                at = 0;
                made++;
            }
            int count = Math.min(length, now.length - at);
            System.arraycopy(now, at, into, offset, count);
            at += count;
            return count == 0 ? -1 : count;
        }
    }

    private static final class Counting implements ImportSink {
        @Override
        public Stored store(SourceConversation conversation) {
            return new Stored(conversation.messages().size(), 0);
        }

        @Override
        public void tellWaits(Consumer<String> listener) {}

        @Override
        public void close() {}
    }
}
