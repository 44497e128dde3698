package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.testkit.RealServers;
import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.LongStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Several processes write at once, and one is killed: no gap, nothing acknowledged lost, nothing twice. */
final class WritersInProcessesTest {
    private final String postgres = RealServers.newDatabase();
    private final String redis = RealServers.emptyRedis();
    private final List<Process> processes = new ArrayList<>();

    @AfterEach
    void end() {
        processes.forEach(Process::destroyForcibly);
    }

    @Test
    void nothingIsLostAndNothingTwice() throws Exception {
        Process first = start("a", 40);
        Process second = start("b", 40);
        Process killed = start("k", 1_000_000);
        List<String> acknowledged = new ArrayList<>();
        try (BufferedReader lines = killed.inputReader()) {
            for (int i = 0; i < 120; i++) {
                acknowledged.add(lines.readLine());
            }
            killed.toHandle().destroyForcibly();
            lines.lines().filter(line -> line.split(" ", -1).length == 3).forEach(acknowledged::add);
        }
        acknowledged.addAll(first.inputReader().lines().toList());
        acknowledged.addAll(second.inputReader().lines().toList());
        assertThat(first.waitFor()).isZero();
        assertThat(second.waitFor()).isZero();
        Map<String, List<Message>> stored = stored();
        stored.values().forEach(WritersInProcessesTest::checkNumbers);
        assertThat(acknowledged).hasSizeGreaterThanOrEqualTo(600).allSatisfy(line -> {
            String[] said = line.split(" ", -1);
            Message message = stored.getOrDefault(said[0], List.of()).get(Integer.parseInt(said[1]) - 1);
            assertThat(message.id()).isEqualTo(said[2]);
        });
    }

    private static void checkNumbers(List<Message> all) {
        assertThat(all)
                .extracting(Message::seq)
                .containsExactlyElementsOf(
                        LongStream.rangeClosed(1, all.size()).boxed().toList());
        assertThat(all).extracting(Message::id).doesNotHaveDuplicates();
    }

    private Map<String, List<Message>> stored() {
        Map<String, List<Message>> stored = new HashMap<>();
        try (HybridHistoryStore store = HybridHistoryStore.open(HistoryConfig.of(postgres, redis))) {
            for (int i = 0; i < Writer.CONVERSATIONS; i++) {
                List<Message> all = new ArrayList<>();
                Slice next = Slice.after(0, 1000);
                for (Window page = read(store, i, next); !page.messages().isEmpty(); page = read(store, i, next)) {
                    all.addAll(page.messages());
                    next = Slice.after(all.size(), 1000);
                }
                stored.put("c" + i, all);
            }
        }
        return stored;
    }

    private static Window read(HistoryStore store, int conversation, Slice slice) {
        return store.read(Owner.named("writers"), "c" + conversation, slice);
    }

    private Process start(String name, int messages) throws IOException {
        Process process = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                        // These processes live for seconds.
                        "-XX:TieredStopAtLevel=1",
                        "-cp",
                        System.getProperty("java.class.path"),
                        Writer.class.getName(),
                        postgres,
                        redis,
                        name,
                        Integer.toString(messages))
                .redirectError(ProcessBuilder.Redirect.INHERIT)
                .start();
        processes.add(process);
        return process;
    }
}
