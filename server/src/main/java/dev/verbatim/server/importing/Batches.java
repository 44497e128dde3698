package dev.verbatim.server.importing;

import java.util.ArrayList;
import java.util.List;
import java.util.function.ToIntFunction;

/** Divides a conversation's messages into requests that the service takes. */
final class Batches {
    /** The most messages of one request. */
    static final int MOST_MESSAGES = 1_000;

    /** The most bytes of one request's messages: leaves room for what stands around them below the limit of 4 MiB. */
    static final int MOST_BYTES = (4 << 20) - (64 << 10);

    private Batches() {}

    /** {@code all} in order, in as few runs as the limits allow; an item too large for any is a run of its own. */
    static <T> List<List<T>> of(List<T> all, ToIntFunction<T> bytes) {
        List<List<T>> batches = new ArrayList<>();
        int from = 0;
        long size = 0;
        for (int i = 0; i < all.size(); i++) {
            int next = bytes.applyAsInt(all.get(i)) + 1;
            if (i > from && (i - from == MOST_MESSAGES || size + next > MOST_BYTES)) {
                batches.add(all.subList(from, i));
                from = i;
                size = 0;
            }
            size += next;
        }
        if (from < all.size()) {
            batches.add(all.subList(from, all.size()));
        }
        return batches;
    }
}
