package dev.verbatim.server.cli;

import dev.verbatim.Times;
import dev.verbatim.postgres.IdleUser;
import java.io.PrintWriter;
import java.time.Instant;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.PriorityQueue;
import org.jspecify.annotations.Nullable;

/** Adds up what users have that is too old, and names those with the most. For one thread. */
final class RetentionReport {
    private static final int NAMED = 20;

    private static final Comparator<IdleUser> FEWEST_FIRST =
            Comparator.comparingLong(IdleUser::conversations).thenComparing(IdleUser::id);

    private final PriorityQueue<IdleUser> most = new PriorityQueue<>(FEWEST_FIRST);
    private long users;
    private long conversations;
    private long messages;
    private @Nullable Instant oldest;

    void add(IdleUser user) {
        Instant when = user.oldest();
        if (when == null) {
            return;
        }
        users++;
        conversations += user.conversations();
        messages += user.messages();
        oldest = oldest == null || when.isBefore(oldest) ? when : oldest;
        most.add(user);
        if (most.size() > NAMED) {
            most.remove();
        }
    }

    void print(PrintWriter out) {
        out.println("  conversations: " + conversations + " (messages: " + messages + "), of users: " + users);
        if (oldest == null) {
            return;
        }
        out.println("  last activity of the oldest: " + Times.format(oldest));
        List<IdleUser> named = most.stream().sorted(FEWEST_FIRST.reversed()).toList();
        for (IdleUser user : named) {
            out.println("  " + name(user) + ": " + user.conversations() + " conversations, the oldest of "
                    + Times.format(Objects.requireNonNull(user.oldest())));
        }
        if (users > named.size()) {
            out.println("  and " + (users - named.size()) + " users more");
        }
    }

    /** As the user is called elsewhere; control characters would be orders to a terminal. */
    private static String name(IdleUser user) {
        String name = user.name() != null ? user.name() : user.email();
        String shown = name == null ? user.id().toString() : name.replaceAll("\\p{Cntrl}", "?");
        String namespace = user.namespace();
        return namespace == null || namespace.equals("default") ? shown : shown + " of " + namespace;
    }
}
