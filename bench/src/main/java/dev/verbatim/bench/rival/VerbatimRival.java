package dev.verbatim.bench.rival;

import dev.verbatim.AppendOptions;
import dev.verbatim.HistoryConfig;
import dev.verbatim.HistoryStore;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.Message;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import dev.verbatim.Window;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/** Verbatim as a library, with its default settings. */
public final class VerbatimRival implements Rival {
    /** Users have several conversations. */
    private static final int CONVERSATIONS_A_USER = 10;

    private static final double HUNDRED = 100;
    private static final Duration PATIENCE = Duration.ofSeconds(30);
    private static final long A_LITTLE = Duration.ofMillis(20).toNanos();

    private final HistoryStore store;
    private final LongAdder reads = new LongAdder();
    private final LongAdder hits = new LongAdder();

    public VerbatimRival(Places places) {
        this(HybridHistoryStore.open(HistoryConfig.of(places.databaseUrl(), places.redisUrl())));
    }

    VerbatimRival(HistoryStore store) {
        this.store = store;
    }

    /** The user a conversation made here belongs to. */
    public static String userOf(String conversation) {
        int number = Integer.parseInt(conversation.substring(conversation.lastIndexOf('-') + 1));
        return "user-" + number / CONVERSATIONS_A_USER;
    }

    /** {@link #userOf}, as the library knows it. */
    public static Owner ownerOf(String conversation) {
        return Owner.named(userOf(conversation));
    }

    /** The store that is measured. */
    public HistoryStore store() {
        return store;
    }

    @Override
    public void create(String conversation, List<Said> messages) {
        List<NewMessage> all = messages.stream().map(VerbatimRival::message).toList();
        for (int from = 0; from < all.size(); from += Slice.MAX_LIMIT) {
            List<NewMessage> some = all.subList(from, Math.min(all.size(), from + Slice.MAX_LIMIT));
            store.append(ownerOf(conversation), conversation, some, AppendOptions.CREATE);
        }
    }

    @Override
    public void append(String conversation, Said message) {
        store.append(ownerOf(conversation), conversation, message(message));
    }

    @Override
    public void appendTurn(String conversation, Said question, Said answer) {
        store.append(ownerOf(conversation), conversation, message(question), message(answer));
    }

    private static NewMessage message(Said said) {
        return NewMessage.of(said.role(), said.content());
    }

    @Override
    public List<Message> read(String conversation) {
        Window window = store.read(ownerOf(conversation), conversation, Slice.newest(WINDOW));
        reads.increment();
        if (window.source() == Window.Source.HIT) {
            hits.increment();
        }
        return window.messages();
    }

    /** Reads until Redis answers: while it is busy a read goes past it. */
    @Override
    public void warm(String conversation) {
        long deadline = System.nanoTime() + PATIENCE.toNanos();
        while (store.read(ownerOf(conversation), conversation, Slice.newest(WINDOW))
                        .source()
                != Window.Source.HIT) {
            if (System.nanoTime() - deadline > 0) {
                throw new IllegalStateException("Redis does not answer for " + conversation);
            }
            LockSupport.parkNanos(A_LITTLE);
        }
    }

    /** How many of a hundred {@link #read}s Redis answered so far. */
    public double hitPercent() {
        return reads.sum() == 0 ? 0 : HUNDRED * hits.sum() / reads.sum();
    }

    @Override
    public void close() {
        store.close();
    }
}
