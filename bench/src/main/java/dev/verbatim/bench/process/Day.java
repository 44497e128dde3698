package dev.verbatim.bench.process;

import dev.verbatim.HistoryStore;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import dev.verbatim.Window;
import dev.verbatim.bench.load.Keys;
import dev.verbatim.bench.rival.Rival;
import dev.verbatim.bench.rival.VerbatimRival;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;

/**
 * A day of users who chat, on the real store and Redis, by a clock that jumps from one turn to the next: an entry that
 * would have run out by that clock is taken away before it is read. When an entry's life begins anew, the store decides
 * and Redis tells.
 */
final class Day {
    private static final long DAY = Duration.ofDays(1).toMillis();
    private static final long TTL = Duration.ofHours(1).toMillis();
    private static final int SHORTEST_PAUSE = 5_000;
    private static final int LONGEST_PAUSE = 120_000;

    /** How many turns the sessions of 1 to 30 turns have on average. */
    private static final double MEAN_TURNS = 8;

    private static final int MOST_TURNS = 30;

    /** Users are independent of each other: so many parts of them run side by side. */
    private static final int PARTS = 16;

    private static final int ROUNDING_MILLIS = 5;

    private final HistoryStore store;
    private final String redisUrl;
    private final LongAdder reads = new LongAdder();
    private final LongAdder hits = new LongAdder();

    Day(VerbatimRival verbatim, String redisUrl) {
        store = verbatim.store();
        this.redisUrl = redisUrl;
    }

    private record Turn(long at, int user, int left) {}

    /** Lets {@code sessions} take place, spread over the day; says how many reads there were and how many were hits. */
    String run(int users, int sessions) {
        List<PriorityQueue<Turn>> parts = new ArrayList<>();
        for (int i = 0; i < PARTS; i++) {
            parts.add(new PriorityQueue<>((a, b) -> Long.compare(a.at(), b.at())));
        }
        Random random = new Random(users);
        Keys keys = new Keys("day", users, 1);
        double ratio = ratioOfMean(MEAN_TURNS);
        for (int i = 0; i < sessions; i++) {
            int user = keys.indexAt(random.nextDouble());
            long at = (long) (random.nextDouble() * DAY);
            parts.get(user % PARTS).add(new Turn(at, user, turns(random, ratio)));
        }
        List<Future<?>> all = new ArrayList<>();
        try (Entries entries = new Entries(redisUrl);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int i = 0; i < PARTS; i++) {
                PriorityQueue<Turn> turns = parts.get(i);
                Random own = new Random(i);
                all.add(threads.submit(() -> live(turns, own, entries)));
            }
        }
        all.forEach(Future::resultNow);
        return String.format(Locale.ROOT, "%d %d", reads.sum(), hits.sum());
    }

    private void live(PriorityQueue<Turn> turns, Random random, Entries entries) {
        Map<Integer, Long> ends = new HashMap<>();
        for (Turn turn = turns.poll(); turn != null; turn = turns.poll()) {
            String conversation = "day-" + turn.user();
            if (ends.getOrDefault(turn.user(), 0L) <= turn.at()) {
                entries.drop(conversation);
            }
            long began = System.nanoTime();
            chat(conversation);
            long took = Duration.ofNanos(System.nanoTime() - began).toMillis() + ROUNDING_MILLIS;
            if (entries.timeToLive(conversation) >= TTL - took) {
                ends.put(turn.user(), turn.at() + TTL);
            }
            if (turn.left() > 1) {
                long next = turn.at() + random.nextInt(SHORTEST_PAUSE, LONGEST_PAUSE);
                turns.add(new Turn(next, turn.user(), turn.left() - 1));
            }
        }
    }

    /** What a chat does: shows the conversation, stores the question, reads what the model gets, stores its answer. */
    private void chat(String conversation) {
        Owner owner = VerbatimRival.ownerOf(conversation);
        read(owner, conversation);
        store.append(owner, conversation, NewMessage.of("user", "And then?"));
        read(owner, conversation);
        store.append(owner, conversation, NewMessage.of("assistant", "Then it goes on."));
    }

    private void read(Owner owner, String conversation) {
        Window window = store.read(owner, conversation, Slice.newest(Rival.WINDOW));
        reads.increment();
        if (window.source() == Window.Source.HIT) {
            hits.increment();
        }
    }

    /** Geometrically distributed, 1 to {@link #MOST_TURNS}. */
    static int turns(Random random, double ratio) {
        double left = random.nextDouble() * (1 - Math.pow(ratio, MOST_TURNS));
        return Math.clamp((int) Math.ceil(Math.log1p(-left) / Math.log(ratio)), 1, MOST_TURNS);
    }

    /** By which ratio the frequency of lengths must fall from one to the next, so that the mean is {@code wanted}. */
    static double ratioOfMean(double wanted) {
        double low = 0;
        double high = 1;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (mean(middle) < wanted) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    private static double mean(double ratio) {
        double weight = 1;
        double weights = 0;
        double sum = 0;
        for (int length = 1; length <= MOST_TURNS; length++) {
            weights += weight;
            sum += weight * length;
            weight *= ratio;
        }
        return sum / weights;
    }
}
