package dev.verbatim;

import dev.verbatim.postgres.Expired;
import dev.verbatim.postgres.Expiry;
import dev.verbatim.postgres.IdleUser;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.UUID;
import java.util.function.LongPredicate;
import java.util.function.ObjLongConsumer;
import java.util.function.Supplier;

/** Deletes conversations that had no activity for some days, a few at a time. For one thread. */
final class Retention {
    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Expiry expiry;
    private final ObjLongConsumer<ConversationKey> forget;
    private final int days;
    private final Supplier<Instant> clock;

    /**
     * One that keeps conversations for {@code days} by {@code clock}.
     *
     * @param forget told of each conversation that was deleted, with the generation caches learn of it by
     */
    Retention(Expiry expiry, ObjLongConsumer<ConversationKey> forget, int days, Supplier<Instant> clock) {
        this.expiry = expiry;
        this.forget = forget;
        this.days = days;
        this.clock = clock;
    }

    /**
     * Goes through all users once; ends early when another server is doing the same.
     *
     * @param goesOn asked after each step, with the nanoseconds that it took
     * @return how many conversations were deleted
     */
    long sweep(LongPredicate goesOn) {
        Instant before = clock.get().minus(days, ChronoUnit.DAYS);
        long deleted = 0;
        List<IdleUser> users = expiry.look(BEFORE_ALL, before);
        while (!users.isEmpty()) {
            for (IdleUser user : users) {
                long left = user.conversations();
                while (left > 0) {
                    long began = System.nanoTime();
                    Expired step = expiry.step(user.id(), before);
                    step.deleted().forEach(change -> forget.accept(change.key(), change.gen()));
                    deleted += step.deleted().size();
                    left = step.deleted().isEmpty() ? 0 : left - step.deleted().size();
                    if (!step.turn() || !goesOn.test(System.nanoTime() - began)) {
                        return deleted;
                    }
                }
            }
            users = expiry.look(users.getLast().id(), before);
        }
        return deleted;
    }
}
