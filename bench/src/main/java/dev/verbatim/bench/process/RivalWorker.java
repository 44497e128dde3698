package dev.verbatim.bench.process;

import dev.verbatim.bench.load.ClosedLoop;
import dev.verbatim.bench.load.Dialogues;
import dev.verbatim.bench.load.Keys;
import dev.verbatim.bench.load.Measured;
import dev.verbatim.bench.load.OpenLoop;
import dev.verbatim.bench.load.Work;
import dev.verbatim.bench.rival.Kind;
import dev.verbatim.bench.rival.Places;
import dev.verbatim.bench.rival.Rival;
import dev.verbatim.bench.rival.Said;
import dev.verbatim.bench.rival.VerbatimRival;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Opens a rival, loads it, and closes it. */
final class RivalWorker implements Worker {
    private static final int FILLERS = 64;

    /** Few: who warms a cache is not to overload it. */
    private static final int READERS = 8;

    /** So many messages the conversations have together whose growth is measured, and so many conversations at most. */
    private static final int GROWN = 20_000;

    private static final int MOST_GROWN = 400;

    private final Kind kind;
    private final Places places;
    private final Dialogues dialogues;
    private @Nullable Rival open;

    RivalWorker(Kind kind, Places places, Dialogues dialogues) {
        this.kind = kind;
        this.places = places;
        this.dialogues = dialogues;
    }

    @Override
    public String work(String command, String[] arguments) {
        return switch (command) {
            case "open" -> open();
            case "close" -> close();
            case "fill" -> fill(arguments[0], number(arguments[1]), number(arguments[2]), number(arguments[3]));
            case "touch" -> touch(arguments[0], number(arguments[1]));
            case "closed" -> closed(arguments);
            case "open-loop" -> openLoop(arguments);
            case "hits" -> Double.toString(verbatim().hitPercent());
            case "turns" -> turns(arguments[0], number(arguments[1]));
            case "day" -> new Day(verbatim(), places.redisUrl()).run(number(arguments[0]), number(arguments[1]));
            case "growth" -> growth(arguments);
            case "store" ->
                new StoreReads(verbatim(), places.redisUrl()).run(number(arguments[0]), millis(arguments[1]));
            default -> throw new IllegalArgumentException("unknown: " + command);
        };
    }

    private static int number(String word) {
        return Integer.parseInt(word);
    }

    private static Duration millis(String word) {
        return Duration.ofMillis(number(word));
    }

    private String open() {
        if (open == null) {
            open = kind.open(places);
        }
        return "";
    }

    private String close() {
        if (open != null && kind.hasDatabase()) {
            open.close();
            open = null;
        }
        return "";
    }

    private Rival rival() {
        if (open == null) {
            throw new IllegalStateException("not open");
        }
        return open;
    }

    private VerbatimRival verbatim() {
        return (VerbatimRival) rival();
    }

    /** Makes conversations {@code prefix-0} and so on; with {@code length} each message has so many characters. */
    private String fill(String prefix, int count, int messages, int length) {
        Rival rival = rival();
        each(
                FILLERS,
                count,
                i -> rival.create(
                        prefix + "-" + i,
                        length == 0 ? dialogues.run(i * messages, messages) : made(messages, length)));
        return "";
    }

    private static List<Said> made(int messages, int length) {
        List<Said> made = new ArrayList<>();
        for (int i = 0; i < messages; i++) {
            made.add(new Said(i % 2 == 0 ? "user" : "assistant", "x".repeat(length)));
        }
        return made;
    }

    /** Warms the cache for each conversation. */
    private String touch(String prefix, int count) {
        Rival rival = rival();
        each(READERS, count, i -> rival.warm(prefix + "-" + i));
        return "";
    }

    private interface Numbered {
        void run(int number);
    }

    /** Does it for all numbers below {@code count}, so many at once. */
    private static void each(int atOnce, int count, Numbered task) {
        Semaphore free = new Semaphore(atOnce);
        List<Future<?>> all = new ArrayList<>();
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < count; i++) {
                int number = i;
                free.acquireUninterruptibly();
                all.add(threads.submit(() -> {
                    try {
                        task.run(number);
                    } finally {
                        free.release();
                    }
                }));
            }
        }
        all.forEach(RivalWorker::check);
    }

    private static void check(Future<?> done) {
        if (done.state() == Future.State.FAILED) {
            throw new IllegalStateException(done.exceptionNow());
        }
    }

    private String closed(String[] arguments) {
        Work.Kind what = Work.Kind.valueOf(arguments[0]);
        Keys keys = new Keys(arguments[3], number(arguments[4]), Double.parseDouble(arguments[5]));
        Work work = new Work(rival(), keys, dialogues);
        Measured measured = ClosedLoop.run(number(arguments[1]), millis(arguments[2]), () -> work.once(what));
        return measured.line();
    }

    private String openLoop(String[] arguments) {
        Keys keys = new Keys(arguments[3], number(arguments[4]), Double.parseDouble(arguments[5]));
        Work work = new Work(rival(), keys, dialogues);
        List<Measured> measured = OpenLoop.run(
                millis(arguments[2]),
                List.of(
                        new OpenLoop.Stream(() -> work.once(Work.Kind.READ), number(arguments[0])),
                        new OpenLoop.Stream(() -> work.once(Work.Kind.APPEND), number(arguments[1]))));
        return measured.get(0).line() + " " + measured.get(1).line();
    }

    /** So many times: read, append what is asked, append what is answered. */
    private String turns(String conversation, int count) {
        for (int i = 0; i < count; i++) {
            rival().read(conversation);
            rival().append(conversation, dialogues.said(2 * i));
            rival().append(conversation, dialogues.said(2 * i + 1));
        }
        return "";
    }

    /** Conversations of {@code size} messages each: reading them, and adding to them, by one caller. */
    private String growth(String[] arguments) {
        int size = number(arguments[0]);
        Duration time = millis(arguments[1]);
        int count = Math.clamp(GROWN / size, 2, MOST_GROWN);
        String prefix = "growth" + size;
        each(FILLERS, count, i -> rival().create(prefix + "-" + i, dialogues.run(i, size)));
        each(READERS, count, i -> rival().warm(prefix + "-" + i));
        Iterator<Integer> turn =
                IntStream.generate(new AtomicInteger()::getAndIncrement).iterator();
        Measured reads = ClosedLoop.run(1, time, () -> rival().read(prefix + "-" + turn.next() % count));
        Measured appends =
                ClosedLoop.run(1, time, () -> rival().append(prefix + "-" + turn.next() % count, dialogues.said(size)));
        return reads.line() + " " + appends.line();
    }
}
