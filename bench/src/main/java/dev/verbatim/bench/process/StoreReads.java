package dev.verbatim.bench.process;

import dev.verbatim.HistoryStore;
import dev.verbatim.ListQuery;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import dev.verbatim.Window;
import dev.verbatim.bench.load.Measured;
import dev.verbatim.bench.load.Spent;
import dev.verbatim.bench.rival.Rival;
import dev.verbatim.bench.rival.VerbatimRival;
import java.time.Duration;
import java.util.Random;
import org.HdrHistogram.Histogram;

/** What one caller's reads cost that PostgreSQL answers: misses, a user's list, and a conversation's first page. */
final class StoreReads {
    private static final int DIGITS = 3;

    private final HistoryStore store;
    private final String redisUrl;

    StoreReads(VerbatimRival verbatim, String redisUrl) {
        store = verbatim.store();
        this.redisUrl = redisUrl;
    }

    private interface Call {
        void run(Owner owner, String conversation);
    }

    /** On conversations chosen by chance among {@code store-0} and the next ones; what was measured, thrice. */
    String run(int conversations, Duration time) {
        try (Entries entries = new Entries(redisUrl)) {
            return measure(entries, conversations, time, this::miss) + " "
                    + measure(
                            entries,
                            conversations,
                            time,
                            (owner, id) -> store.list(owner, ListQuery.newest(Rival.WINDOW)))
                    + " "
                    + measure(
                            entries,
                            conversations,
                            time,
                            (owner, id) -> store.read(owner, id, Slice.after(0, Rival.WINDOW)));
        }
    }

    private void miss(Owner owner, String conversation) {
        if (store.read(owner, conversation, Slice.newest(Rival.WINDOW)).source() != Window.Source.MISS) {
            throw new IllegalStateException("not a miss");
        }
    }

    private static String measure(Entries entries, int conversations, Duration time, Call call) {
        Random random = new Random(conversations);
        Histogram latencies = new Histogram(DIGITS);
        Spent before = Spent.now();
        long busy = 0;
        while (busy < time.toNanos()) {
            String conversation = "store-" + random.nextInt(conversations);
            Owner owner = VerbatimRival.ownerOf(conversation);
            entries.drop(conversation);
            long began = System.nanoTime();
            call.run(owner, conversation);
            long took = System.nanoTime() - began;
            latencies.recordValue(took);
            busy += took;
        }
        return Measured.of(latencies, busy, Spent.now().since(before), 0).line();
    }
}
