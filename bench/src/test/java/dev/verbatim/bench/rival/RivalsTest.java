package dev.verbatim.bench.rival;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.testkit.RealServers;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.EnumSource.Mode;

/** Each rival keeps what it says it keeps: else it would be fast for nothing. */
final class RivalsTest {
    private static final List<Said> BEFORE = saidFrom(0, 25);
    private static final List<Said> AFTER = saidFrom(25, 3);

    private static List<Said> saidFrom(int first, int count) {
        List<Said> said = new ArrayList<>();
        for (int i = first; i < first + count; i++) {
            said.add(new Said(i % 2 == 0 ? "user" : "assistant", "\"said\" " + i + " – ü\n\t\\"));
        }
        return said;
    }

    private static Places places() {
        return new Places(RealServers.newDatabase(), RealServers.emptyRedis());
    }

    private static List<Said> read(Rival rival, String conversation) {
        List<Said> said = new ArrayList<>();
        rival.read(conversation).forEach(message -> said.add(Shown.said(message)));
        return said;
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"BARE", "BARE_MANY"})
    void showsTheNewestInTheirOrder(Kind kind) {
        try (Rival rival = kind.open(places())) {
            rival.create("shown-1", BEFORE);
            rival.create("shown-2", AFTER);
            rival.warm("shown-1");

            rival.append("shown-1", AFTER.get(0));
            rival.appendTurn("shown-1", AFTER.get(1), AFTER.get(2));

            List<Said> all = new ArrayList<>(BEFORE);
            all.addAll(AFTER);
            assertThat(read(rival, "shown-1")).isEqualTo(all.subList(all.size() - Rival.WINDOW, all.size()));
            assertThat(read(rival, "shown-2")).isEqualTo(AFTER);
        }
    }

    @ParameterizedTest
    @EnumSource(
            mode = Mode.EXCLUDE,
            names = {"LANGCHAIN", "MAP", "BARE", "BARE_MANY"})
    void hasItOnDiskAfterItWasClosedAndRedisEmptied(Kind kind) {
        Places places = places();
        try (Rival rival = kind.open(places)) {
            rival.create("kept-1", AFTER);
        }
        RealServers.emptyRedis();
        try (Rival again = kind.open(places)) {
            assertThat(read(again, "kept-1")).isEqualTo(AFTER);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"VERBATIM", "SPRING_WINDOW", "SPRING_WHOLE", "SPRING_SESSION"})
    void whatIsAddedAtOnceIsThereOnce(Kind kind) throws Exception {
        try (Rival rival = kind.open(places());
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            rival.create("once-1", BEFORE.subList(0, 1));
            List<Future<?>> adding = new ArrayList<>();
            for (Said said : AFTER) {
                adding.add(callers.submit(() -> rival.append("once-1", said)));
            }
            for (Future<?> one : adding) {
                one.get();
            }
            List<Said> all = new ArrayList<>(BEFORE.subList(0, 1));
            all.addAll(AFTER);
            assertThat(read(rival, "once-1")).containsExactlyInAnyOrderElementsOf(all);
        }
    }

    @ParameterizedTest
    @EnumSource(names = {"BARE", "BARE_MANY"})
    void theLimitReadsWhatVerbatimAnswersAndStoresEachRow(Kind kind) {
        Places places = places();
        try (Rival rival = kind.open(places);
                Tables tables = new Tables(places.databaseUrl())) {
            rival.create("limit-1", AFTER);
            rival.append("limit-1", BEFORE.get(0));

            String lines = new String((byte[]) rival.read("limit-1").getFirst(), StandardCharsets.UTF_8);
            assertThat(lines.lines())
                    .hasSize(AFTER.size())
                    .allMatch(line -> line.matches("\\{\"id\":.*\"seq\":\\d+,.*\"content\":.*}"));
            List<Said> stored = tables.newest("limit-1");
            assertThat(stored).hasSize(Math.min(Rival.WINDOW, AFTER.size() + rival.perAppend()));
            assertThat(stored.getLast()).isEqualTo(BEFORE.get(0));
        }
    }
}
