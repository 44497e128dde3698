package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.search.SearchQuery;
import java.time.Duration;
import java.util.Arrays;
import java.util.Locale;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Prints how long searches take for one of 1,000 users with 1,000 messages each and for one with 100,000, and how much slower
 * writing is with the indexer beside it. Run by {@code make search}; {@code SEARCH_PERCENT=1} makes all of it smaller.
 */
@Tag("slow")
class SearchBench {
    private static final double SCALE = Integer.parseInt(System.getenv().getOrDefault("SEARCH_PERCENT", "100")) / 100.0;

    private static final int USERS = scaled(1_000);
    private static final int MESSAGES = 1_000;
    private static final int MESSAGES_OF_ONE = scaled(100_000);
    private static final int A_CONVERSATION = 50;
    private static final int WORDS = 30;
    private static final int VOCABULARY = 20_000;
    private static final int LETTERS = 25;
    private static final int COMMON = 20;
    private static final int SEARCHES = Math.max(100, scaled(2_000));
    private static final int WRITERS = 64;
    private static final int ROUNDS = 5;
    private static final Duration ROUND = Duration.ofMillis(scaled(10_000));
    private static final Owner ONE = Owner.named("one");

    private static int scaled(int full) {
        return (int) Math.max(1, full * SCALE);
    }

    private interface Task {
        void run(int number) throws Exception;
    }

    /** A word by its rank, of letters only; that of a lower rank is used more often. */
    private static String word(int rank) {
        StringBuilder word = new StringBuilder("wo");
        for (int left = rank; left > 0; left /= LETTERS) {
            word.append((char) ('a' + left % LETTERS));
        }
        return word.append('z').toString();
    }

    private static String text(Random random, int number) {
        StringBuilder text = new StringBuilder("only").append(number);
        for (int i = 0; i < WORDS; i++) {
            text.append(' ').append(word((int) Math.pow(VOCABULARY, random.nextDouble())));
        }
        return text.toString();
    }

    private static Owner user(int number) {
        return Owner.named("user" + number);
    }

    @Test
    void searches() throws Exception {
        try (TestLog test = TestLog.open()) {
            each(USERS, number -> fill(test, user(number), MESSAGES));
            each(1, number -> fill(test, ONE, MESSAGES_OF_ONE));
            index(test);
            test.sql("VACUUM ANALYZE");
            Random random = new Random(1);
            for (int round = 0; round < 2; round++) {
                String when = round == 0 ? " (warming up)" : "";
                searches(test, when, "of " + MESSAGES, MESSAGES, i -> user(random.nextInt(USERS)));
                searches(test, when, "of " + MESSAGES_OF_ONE, MESSAGES_OF_ONE, i -> ONE);
            }
        }
    }

    private static void searches(TestLog test, String when, String what, int messages, IntFunction<Owner> owner) {
        Random random = new Random(2);
        search(test, "rare word, user " + what + when, owner, i -> "only" + random.nextInt(messages));
        search(test, "common word, user " + what + when, owner, i -> word(1 + random.nextInt(COMMON)));
        search(
                test,
                "two common words, user " + what + when,
                owner,
                i -> word(1 + random.nextInt(COMMON)) + " " + word(1 + random.nextInt(COMMON)));
        search(test, "no such word, user " + what + when, owner, i -> "nothing" + i);
    }

    private static void search(TestLog test, String what, IntFunction<Owner> owner, IntFunction<String> query) {
        long[] nanos = new long[SEARCHES];
        long hits = 0;
        for (int i = 0; i < SEARCHES; i++) {
            Owner whose = owner.apply(i);
            SearchQuery asked = SearchQuery.of(query.apply(i), 20, null);
            long began = System.nanoTime();
            hits += test.log().search(whose.id(), asked).page().data().size();
            nanos[i] = System.nanoTime() - began;
        }
        Arrays.sort(nanos);
        System.out.printf(
                Locale.ROOT,
                "%-55s ms: p50 %.2f, p95 %.2f, p99 %.2f; %.1f hits%n",
                what,
                nanos[SEARCHES / 2] / 1e6,
                nanos[SEARCHES * 95 / 100] / 1e6,
                nanos[SEARCHES * 99 / 100] / 1e6,
                (double) hits / SEARCHES);
    }

    private static void fill(TestLog test, Owner owner, int messages) {
        Random random = new Random(owner.hashCode());
        for (int from = 0; from < messages; from += A_CONVERSATION) {
            int first = from;
            test.append(
                    owner,
                    "c" + from,
                    IntStream.range(from, Math.min(messages, from + A_CONVERSATION))
                            .mapToObj(i -> NewMessage.of(i % 2 == first % 2 ? "user" : "assistant", text(random, i)))
                            .toArray(NewMessage[]::new));
        }
    }

    private static void index(TestLog test) throws Exception {
        long began = System.nanoTime();
        try (Database database = test.database()) {
            boolean more = true;
            while (more) {
                more = SearchPass.run(database).more();
            }
        }
        double seconds = (System.nanoTime() - began) / 1e9;
        long messages = test.number("SELECT count(*) FROM search_messages");
        assertThat(messages).isEqualTo(test.number("SELECT count(*) FROM messages"));
        System.out.printf(
                Locale.ROOT,
                "indexed %,d messages in %.0f s without a rest, %,.0f a second; %,d bytes a message%n",
                messages,
                seconds,
                messages / seconds,
                test.number("SELECT pg_total_relation_size('search_messages')") / messages);
    }

    /** The same writers by turns on a store without and on one with an indexer. */
    @Test
    void writing() throws Exception {
        try (TestLog without = TestLog.open();
                TestLog with = TestLog.open()) {
            SearchIndexer indexer = with.log().indexer(() -> 0);
            double[] ratios = new double[ROUNDS];
            for (int round = -1; round < ROUNDS; round++) {
                double plain = write(without);
                double indexed = write(with);
                System.out.printf(
                        Locale.ROOT,
                        "appends a second without search %,.0f, with %,.0f: %.1f %% slower%s%n",
                        plain,
                        indexed,
                        100 * (1 - indexed / plain),
                        round < 0 ? " (warming up)" : "");
                if (round >= 0) {
                    ratios[round] = indexed / plain;
                }
            }
            indexer.close();
            Arrays.sort(ratios);
            System.out.printf(
                    Locale.ROOT,
                    "writing is %.1f %% slower with search (median of %d rounds)%n",
                    100 * (1 - ratios[ROUNDS / 2]),
                    ROUNDS);
        }
    }

    private static double write(TestLog test) throws Exception {
        LongAdder written = new LongAdder();
        long began = System.nanoTime();
        each(WRITERS, number -> {
            Random random = new Random(number);
            while (System.nanoTime() - began < ROUND.toNanos()) {
                test.append(user(number), "c" + random.nextInt(A_CONVERSATION), NewMessage.of("user", text(random, 1)));
                written.increment();
            }
        });
        return written.sum() / ((System.nanoTime() - began) / 1e9);
    }

    private static void each(int count, Task task) throws Exception {
        try (ExecutorService threads = Executors.newFixedThreadPool(
                Math.min(count, WRITERS), Thread.ofVirtual().factory())) {
            Future<?>[] all = new Future<?>[count];
            for (int i = 0; i < count; i++) {
                int number = i;
                all[i] = threads.submit((Callable<Void>) () -> {
                    task.run(number);
                    return null;
                });
            }
            for (Future<?> one : all) {
                one.get();
            }
        }
    }
}
