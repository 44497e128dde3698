package dev.verbatim.postgres;

import dev.verbatim.AppendOptions;
import dev.verbatim.Appended;
import dev.verbatim.Claim;
import dev.verbatim.Commit;
import dev.verbatim.ConflictException;
import dev.verbatim.HistoryConfig;
import dev.verbatim.MessageRow;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Appends messages, many callers' in one transaction. What arrives while a commit is under way waits and goes together
 * into the next one; appends to one conversation keep the order they arrived in. Thread-safe.
 */
public final class GroupCommitter implements AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(GroupCommitter.class);

    /** Of the pool's connections, the part that may wait for locks. */
    private static final int SLOW_SHARE = 4;

    private final HistoryConfig config;
    private final Admission admission = new Admission();
    private final SlowLane slow;
    private final List<Lane> lanes = new ArrayList<>();

    /**
     * Starts the lanes.
     *
     * @param log where to write; closed by its owner, after this
     * @param config the lanes and the time-outs
     * @param afterCommit called after each commit, by one lane in the order of its commits, with one {@link Commit} for
     *     each conversation that was appended to or whose append was found stored already; what it returns is run by each
     *     appending thread before its append returns, so by several at a time. It should not throw: that is logged only
     */
    public GroupCommitter(PostgresLog log, HistoryConfig config, Function<List<Commit>, Runnable> afterCommit) {
        this.config = config;
        BatchRunner runner = log.batchRunner(afterCommit);
        this.slow = new SlowLane(runner, Math.max(1, config.maxConnections() / SLOW_SHARE));
        for (int i = 0; i < config.lanes(); i++) {
            lanes.add(new Lane("verbatim-lane-" + i, runner, slow, admission));
        }
        lanes.forEach(Lane::start);
    }

    /**
     * Stores {@code messages} at the conversation's end, all or none, as {@link dev.verbatim.HistoryStore#append} says.
     * Interrupting the calling thread ends its waiting, not the transaction that others are part of.
     */
    public Appended append(Owner owner, String conversationId, List<NewMessage> messages, AppendOptions options) {
        return append(owner, conversationId, messages, options, null);
    }

    /**
     * The same, once for all tries of a request.
     *
     * @param claim the try, or null for a request that is sent once
     * @throws dev.verbatim.EffectDoneException when another try stored the messages
     */
    public Appended append(
            Owner owner,
            String conversationId,
            List<NewMessage> messages,
            AppendOptions options,
            @Nullable Claim claim) {
        Deadline deadline = Deadline.in(config.databaseTimeout());
        AppendRequest request = new AppendRequest(owner, conversationId, messages, options, claim, deadline);
        checkIds(request);
        lanes.get(Math.floorMod(owner.id().hashCode(), lanes.size())).submit(request);
        AppendRequest.Stored stored = request.await();
        runAfterCommit(stored.afterCommit());
        return stored.appended();
    }

    /** How many appends wait or are under way now. */
    public int waiting() {
        return admission.requests();
    }

    /** The appends that were refused because too much waited. */
    public Refused refused() {
        return admission.refused();
    }

    private static void runAfterCommit(Runnable afterCommit) {
        try {
            afterCommit.run();
        } catch (RuntimeException e) {
            LOG.warn("what follows a commit failed", e);
        }
    }

    /** A request that contradicts itself is refused before it can leave an empty conversation behind. */
    private static void checkIds(AppendRequest request) {
        Map<String, MessageRow> seen = new HashMap<>();
        for (NewMessage message : request.messages()) {
            String id = message.id();
            if (id != null) {
                MessageRow row = MessageRow.of(request.key(), 0, Instant.EPOCH, message);
                MessageRow first = seen.putIfAbsent(id, row);
                if (first != null && !first.isRepeatedBy(message)) {
                    throw new ConflictException(id);
                }
            }
        }
    }

    /** Lets no further append in and waits until those under way have their answer. */
    @Override
    public void close() {
        Deadline deadline = Deadline.in(config.databaseTimeout().multipliedBy(2).plus(config.lockTimeout()));
        lanes.forEach(Lane::close);
        try {
            for (Lane lane : lanes) {
                lane.join(deadline);
            }
            slow.awaitEmpty(deadline);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
