package dev.verbatim.server.migration;

import dev.verbatim.Accounts;
import dev.verbatim.Conversation;
import dev.verbatim.ConversationKey;
import dev.verbatim.ConversationNotFoundException;
import dev.verbatim.Held;
import dev.verbatim.HistoryStore;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.Message;
import dev.verbatim.Owner;
import dev.verbatim.Page;
import dev.verbatim.UnavailableException;
import dev.verbatim.Window;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Moves conversations between a store that lasts and memory, some owners at a time, before anybody is served. */
final class Moving {
    private static final Logger LOG = LoggerFactory.getLogger(Moving.class);
    private static final int AT_ONCE = 8;
    private static final int PAGE = 1_000;

    private final HybridHistoryStore truth;

    Moving(HybridHistoryStore truth) {
        this.truth = truth;
    }

    /**
     * Makes the lasting store say what memory left. May be run again after it was broken off.
     *
     * @throws dev.verbatim.HistoryException when something cannot be stored
     */
    void bring(Sessions left) {
        LOG.info(
                "bringing what memory left into PostgreSQL: {} conversations",
                left.store().held().size());
        Bringing bringing = new Bringing(truth, left);
        left.store().deletions().forEach(bringing::delete);
        Map<Owner, List<Held>> byOwner = new LinkedHashMap<>();
        left.store()
                .held()
                .forEach(held -> byOwner.computeIfAbsent(held.owner(), owner -> new ArrayList<>())
                        .add(held));
        // In an owner's list the order of activity is kept: one after the other, the oldest first.
        each(byOwner.values(), conversations -> conversations.forEach(bringing::bring));
        truth.know(left.store().gone());
        LOG.info("brought it: {} users", byOwner.size());
    }

    /** Gives memory what it has not, and did not delete. */
    void fill(Sessions sessions) {
        InMemoryHistoryStore memory = sessions.store();
        List<Owner> owners = new ArrayList<>();
        @Nullable String after = null;
        do {
            Page<Accounts.User> page = truth.accounts().users(PAGE, after);
            page.data().forEach(user -> owners.add(owner(user)));
            after = page.next();
        } while (after != null);
        each(owners, owner -> fill(sessions, owner));
        truth.gone().forEach(memory::know);
        LOG.info("memory holds {} conversations", memory.held().size());
    }

    private static Owner owner(Accounts.User user) {
        return user.namespace() == null || user.name() == null
                ? Owner.registered(user.id())
                : new Owner(user.id(), user.namespace(), user.name());
    }

    private void fill(Sessions sessions, Owner owner) {
        InMemoryHistoryStore memory = sessions.store();
        List<String> deleted = memory.deletions().stream()
                .filter(d -> d.owner().equals(owner))
                .map(d -> d.conversationId())
                .toList();
        @Nullable String after = null;
        do {
            Page<Conversation> page = truth.listAll(owner, after, PAGE);
            for (Conversation conversation : page.data()) {
                if (!deleted.contains(conversation.id())
                        && memory.get(owner, conversation.id()).isEmpty()) {
                    copy(truth, memory, owner, conversation);
                    sessions.origins()
                            .put(
                                    ConversationKey.of(owner, conversation.id()),
                                    new Origins.Origin(conversation.gen(), conversation.lastSeq()));
                }
            }
            after = page.next();
        } while (after != null);
    }

    /** Puts {@code conversation} as {@code truth} has it into {@code memory}. */
    static void copy(HistoryStore truth, InMemoryHistoryStore memory, Owner owner, Conversation conversation) {
        try {
            memory.put(owner, conversation, messages(truth, owner, conversation.id(), Long.MAX_VALUE));
        } catch (ConversationNotFoundException e) {
            memory.remove(owner, conversation.id());
        }
    }

    /** All messages up to number {@code last}. */
    static List<Message> messages(HistoryStore store, Owner owner, String id, long last) {
        List<Message> all = new ArrayList<>();
        Window part;
        do {
            part = store.part(owner, id, all.size());
            part.messages().stream().filter(m -> m.seq() <= last).forEach(all::add);
        } while (part.hasMore() && all.size() < last);
        return all;
    }

    private static <T> void each(Iterable<T> all, Consumer<T> work) {
        try (ExecutorService threads =
                Executors.newFixedThreadPool(AT_ONCE, Thread.ofVirtual().factory())) {
            List<Future<?>> under = new ArrayList<>();
            all.forEach(one -> under.add(threads.submit(() -> work.accept(one))));
            for (Future<?> one : under) {
                one.get();
            }
        } catch (ExecutionException e) {
            throw e.getCause() instanceof RuntimeException cause ? cause : new IllegalStateException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UnavailableException("interrupted while conversations were moved", e);
        }
    }
}
