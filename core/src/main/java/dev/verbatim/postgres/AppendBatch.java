package dev.verbatim.postgres;

import dev.verbatim.Appended;
import dev.verbatim.Claim;
import dev.verbatim.Commit;
import dev.verbatim.ConversationGoneException;
import dev.verbatim.ConversationKey;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.EffectDoneException;
import dev.verbatim.HistoryException;
import dev.verbatim.MessageRow;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The appends of one transaction, and what becomes of each if it commits. Used once. */
final class AppendBatch {
    private final List<AppendRequest> requests;
    private final boolean waiting;
    private final boolean made;
    private final Map<ConversationKey, ConversationPlan> plans = new LinkedHashMap<>();
    private final Map<AppendRequest, Appended> stored = new LinkedHashMap<>();
    private final Map<AppendRequest, HistoryException> failed = new LinkedHashMap<>();
    private final List<AppendRequest> skipped = new ArrayList<>();
    private final List<AppendRequest> missing = new ArrayList<>();

    /**
     * Nothing is done yet.
     *
     * @param refused those of {@code requests} that must not be stored, each for its reason
     * @param waiting whether rows that somebody else holds are waited for; else they are skipped
     * @param made whether the conversations that may be made were
     */
    AppendBatch(
            List<AppendRequest> requests, Map<AppendRequest, HistoryException> refused, boolean waiting, boolean made) {
        this.requests = requests.stream()
                .filter(request -> !refused.containsKey(request))
                .toList();
        this.waiting = waiting;
        this.made = made;
        failed.putAll(refused);
    }

    /** Whether there is nothing to run. */
    boolean isEmpty() {
        return requests.isEmpty();
    }

    AppendBatch run(Transactions.Transaction transaction) throws SQLException {
        List<ConversationKey> keys = keys(requests);
        Map<ConversationKey, LockedRow> locked = AppendStatements.lock(transaction, keys, waiting);
        List<AppendRequest> held = new ArrayList<>();
        List<AppendRequest> others = new ArrayList<>();
        for (AppendRequest request : requests) {
            (locked.containsKey(request.key()) ? held : others).add(request);
        }
        sort(transaction, others);
        leaveOutDone(transaction, held);
        Map<ConversationKey, Map<String, MessageRow>> repeats = AppendStatements.repeats(transaction, held);
        locked.forEach((key, row) -> plans.put(key, new ConversationPlan(row, repeats.getOrDefault(key, Map.of()))));
        for (AppendRequest request : held) {
            plan(request);
        }
        List<ConversationPlan> growing =
                plans.values().stream().filter(plan -> !plan.rows().isEmpty()).toList();
        if (growing.isEmpty()) {
            transaction.readOnly();
        } else {
            EffectMarks.write(transaction, stored.keySet());
            AppendStatements.write(transaction, growing);
        }
        return this;
    }

    /** Those that another try of theirs stored. */
    private void leaveOutDone(Transactions.Transaction transaction, List<AppendRequest> held) throws SQLException {
        Set<UUID> done = EffectMarks.held(transaction, held);
        held.removeIf(request -> {
            Claim claim = request.claim();
            boolean stored = claim != null && done.contains(claim.seed());
            if (stored) {
                failed.put(request, new EffectDoneException());
            }
            return stored;
        });
    }

    private void plan(AppendRequest request) {
        try {
            stored.put(request, Objects.requireNonNull(plans.get(request.key())).add(request));
        } catch (HistoryException e) {
            failed.put(request, e);
        }
    }

    /**
     * Those whose rows were not locked: somebody else holds them, or they are not there. Those of one conversation stay
     * together, or they would not keep their order.
     */
    private void sort(Transactions.Transaction transaction, List<AppendRequest> others) throws SQLException {
        Set<ConversationKey> creating = made
                ? Set.of()
                : others.stream()
                        .filter(AppendRequest::creates)
                        .map(AppendRequest::key)
                        .collect(Collectors.toSet());
        List<AppendRequest> unsure = new ArrayList<>();
        for (AppendRequest request : others) {
            (creating.contains(request.key()) ? missing : unsure).add(request);
        }
        if (unsure.isEmpty()) {
            return;
        }
        Set<ConversationKey> existing = AppendStatements.existing(transaction, keys(unsure));
        for (AppendRequest request : unsure) {
            if (existing.contains(request.key())) {
                skipped.add(request);
            } else if (request.creates()) {
                // It was there, or was made, a moment ago.
                failed.put(request, new ConversationGoneException(request.conversationId()));
            } else {
                failed.put(request, new ConversationNotFoundException(request.conversationId()));
            }
        }
    }

    private static List<ConversationKey> keys(List<AppendRequest> requests) {
        TreeSet<ConversationKey> keys = new TreeSet<>();
        requests.forEach(request -> keys.add(request.key()));
        return List.copyOf(keys);
    }

    /** The appends that are stored once this has committed. */
    Map<AppendRequest, Appended> stored() {
        return stored;
    }

    /** The appends that are not, each by its own fault. */
    Map<AppendRequest, HistoryException> failed() {
        return failed;
    }

    /** The appends to conversations that somebody else holds. */
    List<AppendRequest> skipped() {
        return skipped;
    }

    /** The appends whose conversations are to be made first, if they are not there. */
    List<AppendRequest> missing() {
        return missing;
    }

    /** All but the {@link #missing}. */
    List<AppendRequest> tried() {
        return Stream.of(stored.keySet(), failed.keySet(), skipped)
                .flatMap(Collection::stream)
                .toList();
    }

    /** What changed, or was found stored already, by conversation. */
    List<Commit> commits() {
        return stored.keySet().stream()
                .map(AppendRequest::key)
                .distinct()
                .map(plans::get)
                .filter(Objects::nonNull)
                .map(ConversationPlan::commit)
                .toList();
    }
}
