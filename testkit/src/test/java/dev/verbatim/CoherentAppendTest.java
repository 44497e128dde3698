package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.postgres.GroupCommitter;
import dev.verbatim.testkit.Await;
import dev.verbatim.testkit.RealServers;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.Test;

/** What waits until every server is bound to have seen an append. */
final class CoherentAppendTest {
    private static final String NOBODY_LISTENS_HERE = "redis://127.0.0.1:1";

    private final Owner owner = Owner.named("somebody");

    @Test
    void whoIsInterruptedWhileWaitingIsToldSoAtOnce() throws Exception {
        HistoryConfig config = HistoryConfig.of(RealServers.newDatabase(), NOBODY_LISTENS_HERE);
        try (HybridHistoryStore store = HybridHistoryStore.open(config)) {
            FutureTask<Boolean> outcome = new FutureTask<>(() -> isToldOfAnInterrupt(store));
            Thread caller = Thread.ofVirtual().start(outcome);
            Await.until(() -> isStored(store) && waitsForOthers(caller));
            caller.interrupt();
            assertThat(outcome.get()).isTrue();
            assertThat(store.read(owner, "c", Slice.newest(5)).messages()).hasSize(1);
        }
    }

    private boolean isStored(HybridHistoryStore store) {
        return store.get(owner, "c").filter(c -> c.lastSeq() == 1).isPresent();
    }

    /** In the store, and with its committer no more. */
    private static boolean waitsForOthers(Thread caller) {
        List<String> classes = Arrays.stream(caller.getStackTrace())
                .map(StackTraceElement::getClassName)
                .toList();
        return classes.contains(HybridHistoryStore.class.getName())
                && !classes.contains(GroupCommitter.class.getName());
    }

    /** Also by the thread's mark, which stays. */
    private boolean isToldOfAnInterrupt(HybridHistoryStore store) {
        try {
            store.append(owner, "c", List.of(NewMessage.of("user", "hello")), AppendOptions.CREATE.coherently());
            return false;
        } catch (OutcomeUnknownException e) {
            return Thread.currentThread().isInterrupted();
        }
    }
}
