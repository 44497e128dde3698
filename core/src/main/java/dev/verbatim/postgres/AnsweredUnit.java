package dev.verbatim.postgres;

import dev.verbatim.insight.Answered;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.jspecify.annotations.Nullable;

/**
 * Logs of one owner that are stored together or not at all.
 *
 * @param done told when they are; null when nobody waits
 */
record AnsweredUnit(List<Answered> logs, @Nullable CompletableFuture<@Nullable Void> done) {
    AnsweredUnit {
        logs = List.copyOf(logs);
    }

    int bytes() {
        int bytes = 0;
        for (Answered log : logs) {
            bytes += log.bytes();
        }
        return bytes;
    }
}
