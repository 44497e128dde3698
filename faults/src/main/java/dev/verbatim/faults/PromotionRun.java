package dev.verbatim.faults;

import dev.verbatim.embedded.EmbeddedBinaries;
import dev.verbatim.faults.site.SystemPostgres;
import dev.verbatim.faults.site.SystemSite;
import dev.verbatim.testkit.history.Fault;
import dev.verbatim.testkit.history.FinalConversation;
import dev.verbatim.testkit.history.History;
import dev.verbatim.testkit.history.HistoryRecorder;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.SQLException;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/** The primary is lost, its standby promoted; then the old primary is back, and nobody has fenced it. */
final class PromotionRun extends SystemRun {
    private static final String ALL = "SELECT count(*) FROM messages";

    /** So long until somebody decides to promote: longer than what was cached before may be shown. */
    private static final Duration DECISION = Duration.ofMillis(2_500);

    /** What an asynchronous standby may lack at most, so that a longer loss is found. */
    private static final Duration LAG = Duration.ofSeconds(1);

    private static final Duration STALE = Duration.ofSeconds(1);

    private final EmbeddedBinaries binaries;
    private final boolean synchronous;

    PromotionRun(EmbeddedBinaries binaries, Path target, long seed, boolean synchronous) throws IOException {
        super(target, synchronous ? "run-synchronous" : "run-asynchronous", seed);
        this.binaries = binaries;
        this.synchronous = synchronous;
    }

    @Override
    SystemSite start() {
        return new SystemSite(directory, binaries, true, "synchronous_standby_names=" + (synchronous ? "*" : ""));
    }

    @Override
    SystemPostgres inEnd(SystemSite site) {
        return site.last();
    }

    @Override
    UnaryOperator<History> play(SystemSite site, HistoryRecorder recorder) throws SQLException {
        long lost = System.nanoTime();
        site.first().cutPower();
        long gone = System.nanoTime();
        Pause.of(DECISION);
        site.last().awaitReplayed();
        List<FinalConversation> kept = content(site.last());
        site.last().promote();
        site.awaitReady();
        long mended = System.nanoTime();
        fault(recorder, new Fault("promotion", lost, mended));
        Pause.of(WHILE);
        bringBackTheOldOne(site, recorder);
        Rollback rollback = new Rollback(kept, lost - LAG.toNanos(), gone + STALE.toNanos(), mended);
        return history -> {
            History judged = synchronous ? history : rollback.of(history);
            System.out.println("promotion after " + (mended - lost) / 1_000_000 + " ms"
                    + (synchronous ? "" : "; asynchronous: " + rollback));
            return judged;
        };
    }

    /** All connections have to be opened anew, and the old primary comes first among the hosts. */
    private void bringBackTheOldOne(SystemSite site, HistoryRecorder recorder) {
        site.first().start("synchronous_standby_names=");
        long before = site.first().number(ALL);
        long from = System.nanoTime();
        site.last().terminateBackends();
        Pause.of(WHILE);
        site.awaitReady();
        fault(recorder, new Fault("old-primary-back", from, System.nanoTime()));
        if (site.first().number(ALL) != before) {
            throw new IllegalStateException("a service has written to the primary that was replaced");
        }
    }
}
