package dev.verbatim.postgres;

import dev.verbatim.Commit;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import net.bytebuddy.asm.Advice;

/** Code that makes a service wrong; stands in this package to see its classes. */
public final class PostgresMutantAdvice {
    private static volatile Function<List<Commit>, Runnable> afterCommit = commits -> () -> {};

    private PostgresMutantAdvice() {}

    /** Answers appends that are not committed yet. */
    public static void answer(AppendBatch batch) {
        batch.stored().forEach((request, appended) -> request.stored(new AppendRequest.Stored(appended, () -> {})));
    }

    /** Keeps what is to be done after a commit. */
    public static void keep(Function<List<Commit>, Runnable> kept) {
        afterCommit = kept;
    }

    /** Does it, before the commit. */
    public static void apply(AppendBatch batch) {
        List<Commit> commits = batch.commits();
        if (!commits.isEmpty()) {
            afterCommit.apply(commits).run();
        }
    }

    /** Appends are answered before they are committed. */
    public static final class AckBeforeCommit {
        private AckBeforeCommit() {}

        @Advice.OnMethodExit
        static void exit(@Advice.This AppendBatch batch) {
            answer(batch);
        }
    }

    /** What is sent again is not recognised. */
    public static final class NoRepeats {
        private NoRepeats() {}

        @Advice.OnMethodExit
        @SuppressWarnings("UnusedVariable") // becomes what the method returns
        static void exit(@Advice.Return(readOnly = false) Map<?, ?> repeats) {
            repeats = Map.of();
        }
    }

    /** Lets {@link ApplyBeforeCommit} know what it must do. */
    public static final class KeepAfterCommit {
        private KeepAfterCommit() {}

        @Advice.OnMethodExit
        static void exit(@Advice.FieldValue("afterCommit") Function<List<Commit>, Runnable> kept) {
            keep(kept);
        }
    }

    /** Redis is told of what is not committed yet. */
    public static final class ApplyBeforeCommit {
        private ApplyBeforeCommit() {}

        @Advice.OnMethodExit
        static void exit(@Advice.This AppendBatch batch) {
            apply(batch);
        }
    }

    /** A look sees no change. */
    public static final class NothingChanged {
        private NothingChanged() {}

        @Advice.OnMethodExit
        @SuppressWarnings("UnusedVariable") // becomes what the method returns
        static void exit(@Advice.Return(readOnly = false) List<?> changes) {
            changes = List.of();
        }
    }
}
