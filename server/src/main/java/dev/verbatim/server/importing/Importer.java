package dev.verbatim.server.importing;

import java.io.IOException;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Semaphore;
import org.jspecify.annotations.Nullable;

/**
 * Brings the conversations of a source to a sink, several at a time. What is under way at any moment is bounded in number
 * and in bytes, so that a file of any size can be brought.
 */
public final class Importer {
    private static final int AT_ONCE = 16;
    private static final int KIB_AT_ONCE = Longest.entry() >> 10;

    private final ImportSink sink;
    private final Progress progress;
    private final Tally tally = new Tally();
    private final Semaphore places = new Semaphore(AT_ONCE);
    private final Semaphore kibs = new Semaphore(KIB_AT_ONCE);
    private final Set<String> underWay = ConcurrentHashMap.newKeySet();

    /** For one import, which ends neither of the two. */
    public Importer(ImportSink sink, Progress progress) {
        this.sink = sink;
        this.progress = progress;
        sink.tellWaits(line -> progress.note("import: " + line));
    }

    /** Brings all that {@code source} has left; returns when nothing is under way any more. */
    public ImportReport run(ConversationSource source) {
        Entry entry = next(source);
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            while (entry != null && !tally.isStopped()) {
                if (entry instanceof Entry.Found found && !begin(found, threads)) {
                    break;
                }
                if (entry instanceof Entry.Bad bad) {
                    skip(bad, bad.reason());
                }
                entry = next(source);
            }
        }
        if (entry != null) {
            progress.note(entry.at() + " and what follows it were not tried");
        }
        return tally.report();
    }

    private @Nullable Entry next(ConversationSource source) {
        try {
            return source.next();
        } catch (IOException e) {
            tally.stop("the file could not be read to its end: " + e.getMessage());
            return null;
        }
    }

    /** Waits for a place; false when the import was stopped meanwhile, and this one is not tried. */
    private boolean begin(Entry.Found found, ExecutorService threads) {
        int kib = kib(found);
        places.acquireUninterruptibly();
        kibs.acquireUninterruptibly(kib);
        awaitItsTurn(found);
        if (tally.isStopped()) {
            return false;
        }
        threads.execute(() -> {
            try {
                bring(found);
            } finally {
                end(found);
                kibs.release(kib);
                places.release();
            }
        });
        return true;
    }

    private void bring(Entry.Found found) {
        try {
            ImportSink.Stored stored = sink.store(found.conversation());
            tally.stored(stored);
            progress.advance(found.bytes(), stored.now() + stored.before());
        } catch (EntryRefusedException e) {
            skip(found, e.getMessage());
        } catch (ImportStoppedException e) {
            stop(found, e.getMessage());
        } catch (RuntimeException e) {
            stop(found, "something unforeseen went wrong: " + e);
        }
    }

    private void stop(Entry.Found found, String reason) {
        tally.stop(reason);
        skip(found, "conversation \"" + id(found) + "\" is not stored, or not wholly: " + reason);
    }

    private void skip(Entry entry, String reason) {
        tally.skipped();
        progress.skipped(entry.at(), reason);
        progress.advance(entry.bytes(), 0);
    }

    /** Two lines about one conversation are brought in the file's order: the second waits for the first. */
    private void awaitItsTurn(Entry.Found found) {
        synchronized (underWay) {
            while (!underWay.add(id(found))) {
                waitForAnyEnd();
            }
        }
    }

    private void waitForAnyEnd() {
        try {
            underWay.wait();
        } catch (InterruptedException e) {
            throw new ImportStoppedException("interrupted");
        }
    }

    private void end(Entry.Found found) {
        synchronized (underWay) {
            underWay.remove(id(found));
            underWay.notifyAll();
        }
    }

    private static String id(Entry.Found found) {
        return Objects.requireNonNull(found.conversation().head().id());
    }

    private static int kib(Entry.Found found) {
        return Math.clamp(found.bytes() >> 10, 1, KIB_AT_ONCE);
    }
}
