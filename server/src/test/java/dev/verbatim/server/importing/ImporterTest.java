package dev.verbatim.server.importing;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.Message;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Consumer;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class ImporterTest {
    private static final Owner OWNER = Owner.named("ann");

    private final InMemoryHistoryStore store = new InMemoryHistoryStore();
    private final Samples.Screen screen = new Samples.Screen();

    @AfterEach
    void closeStore() {
        store.close();
    }

    private ImportReport bring(String... lines) {
        return bring(new StoreSink(store, Users.named("ann"), Duration.ofSeconds(10)), lines);
    }

    private ImportReport bring(ImportSink sink, String... lines) {
        return new Importer(sink, screen).run(Samples.source(lines));
    }

    private List<String> contents(String conversation) {
        return IntStream.iterate(0, after -> after + 1_000)
                .mapToObj(after -> store.read(OWNER, conversation, Slice.after(after, 1_000))
                        .messages())
                .takeWhile(messages -> !messages.isEmpty())
                .flatMap(List::stream)
                .map(Message::json)
                .map(json -> json.substring(json.indexOf("\"content\":")))
                .toList();
    }

    private static List<String> expected(String conversation, int messages) {
        return IntStream.rangeClosed(1, messages)
                .mapToObj(n -> "\"content\":\"" + conversation + " says " + n + "\"}")
                .toList();
    }

    @Test
    void storesEveryMessageOnceAndInOrder() {
        String[] lines =
                IntStream.range(0, 100).mapToObj(n -> Samples.line("c" + n, n)).toArray(String[]::new);

        ImportReport report = bring(lines);

        assertThat(report).isEqualTo(new ImportReport(100, 4_950, 0, 0, null));
        assertThat(report.exitCode()).isZero();
        assertThat(screen.messages).isEqualTo(4_950);
        for (int n = 0; n < 100; n++) {
            assertThat(contents("c" + n)).isEqualTo(expected("c" + n, n));
        }
    }

    @Test
    void bringsMoreThanAThousandMessagesOfOneConversationInOrder() {
        assertThat(bring(Samples.line("long", 2_500)).now()).isEqualTo(2_500);

        assertThat(contents("long")).isEqualTo(expected("long", 2_500));
    }

    @Test
    void againStoresNothingAndSaysSo() {
        bring(Samples.line("a", 3), Samples.line("b", 4));

        assertThat(bring(Samples.line("a", 3), Samples.line("b", 4))).isEqualTo(new ImportReport(2, 0, 7, 0, null));
        assertThat(contents("a")).isEqualTo(expected("a", 3));
    }

    @Test
    void goesOnWhereAConversationWasCutOff() {
        bring(Samples.line("a", 3));

        assertThat(bring(Samples.line("a", 5))).isEqualTo(new ImportReport(1, 2, 3, 0, null));
        assertThat(contents("a")).isEqualTo(expected("a", 5));
    }

    @Test
    void twiceAtOnceDoublesNothing() throws Exception {
        String[] lines =
                IntStream.range(0, 50).mapToObj(n -> Samples.line("c" + n, 20)).toArray(String[]::new);
        Callable<ImportReport> task = () -> bring(lines);
        try (ExecutorService threads = Executors.newFixedThreadPool(2)) {
            for (var result : threads.invokeAll(List.of(task, task))) {
                assertThat(result.get().exitCode()).isZero();
            }
        }

        for (int n = 0; n < 50; n++) {
            assertThat(contents("c" + n)).isEqualTo(expected("c" + n, 20));
        }
    }

    @Test
    void namesBadLinesAndStoresTheOthers() {
        ImportReport report = bring(Samples.line("a", 1), "oops", Samples.line("b", 1), "{\"id\":\"c\"}");

        assertThat(report).isEqualTo(new ImportReport(2, 2, 0, 2, null));
        assertThat(report.exitCode()).isEqualTo(2);
        assertThat(screen.notes).hasSize(2);
        assertThat(screen.notes.getFirst()).startsWith("line 2: not valid JSON");
        assertThat(screen.notes.getLast()).isEqualTo("line 4: there are no \"messages\"");
    }

    @Test
    void namesALineThatContradictsWhatIsStored() {
        bring(Samples.line("a", 2));

        ImportReport report = bring(Samples.line("a", 2).replace("says 2", "denies"), Samples.line("b", 1));

        assertThat(report).isEqualTo(new ImportReport(1, 1, 0, 1, null));
        assertThat(screen.notes).singleElement().asString().startsWith("line 1: message id \"a:2\"");
        assertThat(contents("a")).isEqualTo(expected("a", 2));
    }

    @Test
    void bringsTwoLinesAboutOneConversationInTheirOrder() {
        for (int round = 0; round < 20; round++) {
            String id = "c" + round;
            String first = "{\"id\":\"" + id + "\",\"messages\":[{\"id\":\"x\",\"role\":\"user\",\"content\":\"1\"}]}";
            String second = "{\"id\":\"" + id + "\",\"messages\":[{\"id\":\"y\",\"role\":\"user\",\"content\":\"2\"}]}";

            assertThat(bring(first, second).now()).isEqualTo(2);
            assertThat(contents(id)).containsExactly("\"content\":\"1\"}", "\"content\":\"2\"}");
        }
    }

    @Test
    void nothingButBadLinesIsNothingDone() {
        assertThat(bring("oops").exitCode()).isEqualTo(1);
        assertThat(bring().exitCode()).isZero();
    }

    @Test
    void endsEarlyAndSaysWhereWhenTheSinkCannotGoOn() {
        AtomicInteger calls = new AtomicInteger();
        StoreSink good = new StoreSink(store, Users.named("ann"), Duration.ofSeconds(10));
        ImportSink dying = new ImportSink() {
            @Override
            public Stored store(SourceConversation conversation) {
                if (calls.incrementAndGet() > 10) {
                    throw new ImportStoppedException("the service is away");
                }
                return good.store(conversation);
            }

            @Override
            public void tellWaits(Consumer<String> listener) {}

            @Override
            public void close() {}
        };
        String[] lines = IntStream.range(0, 1_000)
                .mapToObj(n -> Samples.line("c" + n, 2))
                .toArray(String[]::new);

        ImportReport report = bring(dying, lines);

        assertThat(report.stopped()).isEqualTo("the service is away");
        assertThat(report.exitCode()).isEqualTo(2);
        assertThat(report.conversations()).isEqualTo(10);
        assertThat(screen.notes)
                .anyMatch(note -> note.endsWith("and what follows it were not tried"))
                .anyMatch(note ->
                        note.matches("line [0-9]+: conversation \"c[0-9]+\" is not stored, .*: the service is away"));
        assertThat(calls).as("what had no place yet is not tried").hasValueLessThanOrEqualTo(10 + 16);
        assertThat(bring(lines)).isEqualTo(new ImportReport(1_000, 1_980, 20, 0, null));
    }

    @Test
    void whatNobodyForesawIsNeverASuccess() {
        ImportReport report = bring(
                new ImportSink() {
                    @Override
                    public Stored store(SourceConversation conversation) {
                        throw new IllegalStateException("broken");
                    }

                    @Override
                    public void tellWaits(Consumer<String> listener) {}

                    @Override
                    public void close() {}
                },
                Samples.line("a", 1));

        assertThat(report.exitCode()).isEqualTo(1);
        assertThat(report.stopped()).contains("broken");
    }
}
