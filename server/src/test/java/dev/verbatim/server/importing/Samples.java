package dev.verbatim.server.importing;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/** What the tests of this package bring. */
final class Samples {
    private Samples() {}

    static SourceConversation parse(String line) {
        return ConversationLine.parse(line.getBytes(StandardCharsets.UTF_8));
    }

    static JsonLinesSource source(String... lines) {
        return source(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }

    static JsonLinesSource source(byte[] file) {
        return JsonLinesSource.of(new ByteArrayInputStream(file), JsonLinesSource.LONGEST_LINE);
    }

    static String line(String id, int messages) {
        return "{\"id\":\"" + id + "\",\"title\":null,\"messages\":["
                + IntStream.rangeClosed(1, messages)
                        .mapToObj(n -> "{\"role\":\"user\",\"content\":\"" + id + " says " + n + "\"}")
                        .collect(Collectors.joining(","))
                + "]}";
    }

    /** Keeps what people would see. */
    static final class Screen implements Progress {
        final List<String> notes = new CopyOnWriteArrayList<>();
        long bytes;
        long messages;

        @Override
        public synchronized void advance(long moreBytes, long moreMessages) {
            bytes += moreBytes;
            messages += moreMessages;
        }

        @Override
        public synchronized void note(String line) {
            notes.add(line);
        }

        @Override
        public void close() {}
    }
}
