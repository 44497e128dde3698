package dev.verbatim.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What clients record is what is read. */
final class HistoryRecorderTest {
    @TempDir
    Path directory;

    private static List<Written> sent(String... ids) {
        return Arrays.stream(ids).map(id -> new Written(id, id.hashCode())).toList();
    }

    private HistoryRecorder recorder(String file) {
        return HistoryRecorder.create(directory.resolve(file));
    }

    private History read(String... files) throws IOException {
        return History.read(Arrays.stream(files).map(directory::resolve).toList());
    }

    private static FinalConversation end(String... ids) {
        return new FinalConversation("u", "c", 5, Story.lines(1, ids));
    }

    @Test
    void manyClientsAtOnce() throws Exception {
        try (HistoryRecorder recorder = recorder("a");
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < 20; i++) {
                RecordedSession session = recorder.session("u", "s" + i);
                threads.execute(() -> manyCalls(session));
            }
        }
        try (HistoryRecorder recorder = recorder("b")) {
            recorder.finalLog(List.of());
        }
        History history = read("a", "b");
        assertThat(history.operations()).hasSize(20 * 300);
        assertThat(CallCounts.of(history.operations()).toString())
                .isEqualTo("{append={ok=2000}, delete={failed=2000}, read={maybe stale=2000}}");
        for (Operation operation : history.operations()) {
            assertThat(operation.call().asked())
                    .isLessThanOrEqualTo(operation.call().answered());
        }
    }

    private static void manyCalls(RecordedSession session) {
        for (int i = 1; i <= 100; i++) {
            session.append("c", sent("x" + i)).known(5, i, List.of(Story.line("x" + i, i)));
            session.read("c", SliceAsked.newest(2)).maybeStale(5, i, Story.lines(i, "x" + i, "x" + (i + 1)));
            session.change("c", new Change.Delete()).failed();
        }
    }

    @Test
    void everyKindOfCallAndAnswer() throws Exception {
        List<Operation> all = new ArrayList<>();
        Call call = new Call("u", "s", "c", -5, 7);
        SliceAsked slice = new SliceAsked(1, 2, 3, 4, true);
        Answer known = new Answer.Known(5, 2, Story.lines(1, "x", "y"));
        List<Answer> answers = new ArrayList<>(List.of(Answer.Other.values()));
        answers.add(known);
        for (Answer answer : answers) {
            all.add(new Append(call, sent("x", "y"), answer));
            all.add(new Create(call, answer));
            all.add(new Read(call, slice, answer, true, false));
            all.add(new Read(call, SliceAsked.newest(3), answer, false, true));
            all.add(new Change(call, new Change.Delete(), answer));
            all.add(new Change(call, new Change.Truncate(3), answer));
            all.add(new Change(call, new Change.Edit(new Written("x", -1)), answer));
        }
        History history = new History(all, List.of(new Fault("kill", 1, 2)), List.of(end("x", "y")));
        StringWriter text = new StringWriter();
        try (HistoryWriter writer = new HistoryWriter(text, 1)) {
            all.forEach(writer::operation);
            history.faults().forEach(writer::fault);
            writer.finalLog(history.finalLog());
        }
        Files.writeString(directory.resolve("a"), text.toString());
        assertThat(read("a")).isEqualTo(history);
    }

    @Test
    void aMessageIsWrittenOnceHoweverOftenItIsShown() {
        StringWriter text = new StringWriter();
        try (HistoryWriter writer = new HistoryWriter(text, 100)) {
            Answer known = new Answer.Known(5, 2, Story.lines(1, "x", "y"));
            Read read = new Read(new Call("u", "s", "c", 1, 2), SliceAsked.newest(3), known, false, false);
            writer.operation(read);
            writer.operation(read);
        }
        assertThat(text.toString().lines().filter(line -> line.startsWith("line ")))
                .hasSize(2);
    }

    @Test
    void anAppendIsThereBeforeItIsAnswered() throws Exception {
        try (HistoryRecorder recorder = recorder("a")) {
            recorder.finalLog(List.of(end("x")));
            RecordedCall call = recorder.session("u", "s").append("c", sent("x"));
            History meanwhile = read("a");
            Operation unanswered = meanwhile.operations().getFirst();
            assertThat(unanswered.answer()).isEqualTo(Answer.Other.UNKNOWN);
            assertThat(unanswered.call().answered()).isEqualTo(Call.NEVER);
            assertThat(HistoryChecker.check(meanwhile).examples()).isEmpty();
            call.known(5, 1, Story.lines(1, "x"));
        }
        assertThat(read("a").operations())
                .singleElement()
                .extracting(Operation::answer)
                .isEqualTo(new Answer.Known(5, 1, Story.lines(1, "x")));
    }

    @Test
    void aFileOfAKilledClientIsReadUpToWhereItIsCut() throws Exception {
        try (HistoryRecorder recorder = recorder("log")) {
            recorder.finalLog(List.of());
        }
        try (HistoryRecorder recorder = recorder("whole")) {
            RecordedSession session = recorder.session("u", "s");
            session.append("c", sent("x")).known(5, 1, Story.lines(1, "x"));
            session.read("c", SliceAsked.newest(9)).known(5, 1, Story.lines(1, "x"));
        }
        byte[] whole = Files.readAllBytes(directory.resolve("whole"));
        int seen = 0;
        for (int length = 0; length <= whole.length; length++) {
            Files.write(directory.resolve("cut"), Arrays.copyOf(whole, length));
            int operations = read("log", "cut").operations().size();
            assertThat(operations).isBetween(seen, 2);
            seen = operations;
        }
        assertThat(seen).isEqualTo(2);
    }

    @Test
    void whatNoRecorderWritesIsRefused() throws Exception {
        for (String line : List.of(
                "nothing",
                "line 1 x 1 0 0",
                "whole 0 u s c 1 2 known 5 1 1 0 read -1 -1 9 0 false false false",
                "whole 0 u s c 2 1 FAILED create",
                "whole 0 u s c 1 2 FAILED sing",
                "whole 0 u s c 1 2 FAILED create more",
                "whole 0 u s c 1 2",
                "fault x 1")) {
            Files.writeString(directory.resolve("a"), HistoryWriter.HEADER + "\n" + line + "\n");
            assertThatThrownBy(() -> read("a"))
                    .as(line)
                    .isInstanceOf(IOException.class)
                    .hasMessageContaining("a line 2 is not of a recorded history: ");
        }
        Files.writeString(directory.resolve("a"), "verbatim-history 2\n");
        assertThatThrownBy(() -> read("a")).hasMessageContaining("\"verbatim-history 1\" expected");
    }

    @Test
    void withoutAFinalLogNothingIsDecided() throws Exception {
        recorder("a").close();
        assertThatThrownBy(() -> read("a")).isInstanceOf(IllegalStateException.class);
        try (HistoryRecorder recorder = recorder("b")) {
            recorder.finalLog(List.of(end("x")));
        }
        List<String> lines = Files.readAllLines(directory.resolve("b"));
        Files.write(directory.resolve("c"), lines.subList(0, lines.size() - 1));
        assertThatThrownBy(() -> read("c")).isInstanceOf(IllegalStateException.class);
        assertThatThrownBy(() -> read("b", "b")).isInstanceOf(IllegalStateException.class);
    }

    @Test
    void whatCannotBeRecordedIsRefused() {
        try (HistoryRecorder recorder = recorder("a")) {
            RecordedSession session = recorder.session("u", "s");
            assertThatThrownBy(() -> session.create("two words")).isInstanceOf(IllegalArgumentException.class);
            assertThatThrownBy(() -> session.create("\u00fc")).isInstanceOf(IllegalArgumentException.class);
            RecordedCall call = session.create("c");
            call.failed();
            assertThatThrownBy(call::unknown).isInstanceOf(IllegalStateException.class);
            assertThatThrownBy(() -> recorder("a")).isInstanceOf(UncheckedIOException.class);
        }
    }

    @Test
    void aRunIsCheckedAgain() {
        try (HistoryRecorder recorder = recorder("a")) {
            recorder.session("u", "s").append("c", sent("x")).known(5, 1, Story.lines(1, "x"));
        }
        try (HistoryRecorder recorder = recorder("right")) {
            recorder.finalLog(List.of(end("x")));
        }
        try (HistoryRecorder recorder = recorder("wrong")) {
            recorder.finalLog(List.of());
        }
        assertThat(recheck(0, "a", "right")).contains("violations: none");
        assertThat(recheck(1, "a", "wrong")).contains("violations: {LOST=1}");
        assertThat(recheck(1, "a")).startsWith("not checked: ");
    }

    private String recheck(int exit, String... files) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        String[] paths = Arrays.stream(files)
                .map(file -> directory.resolve(file).toString())
                .toArray(String[]::new);
        assertThat(Recheck.run(paths, new PrintStream(out, true, StandardCharsets.UTF_8)))
                .isEqualTo(exit);
        return out.toString(StandardCharsets.UTF_8);
    }
}
