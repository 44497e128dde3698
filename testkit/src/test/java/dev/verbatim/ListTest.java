package dev.verbatim;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.testkit.RealServers;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.Test;

/** Paging through conversations while others touch, make and delete some of them. */
final class ListTest {
    private static final int CONVERSATIONS = 300;
    private final Owner owner = Owner.named("somebody");

    @Test
    void whatNobodyTouchesIsOnExactlyOnePage() throws Exception {
        HistoryConfig config = HistoryConfig.of(RealServers.newDatabase(), RealServers.emptyRedis());
        AtomicBoolean done = new AtomicBoolean();
        try (HybridHistoryStore store = HybridHistoryStore.open(config);
                ExecutorService callers = Executors.newVirtualThreadPerTaskExecutor()) {
            Set<String> quiet = new HashSet<>();
            for (int i = 0; i < CONVERSATIONS; i++) {
                say(store, (i % 10 == 0 ? "busy" : "quiet") + i);
                if (i % 10 != 0) {
                    quiet.add("quiet" + i);
                }
            }
            Future<?> touching = callers.submit(() -> touch(store, done));
            try {
                for (int limit : new int[] {1, 7, 20, 100}) {
                    List<String> listed = pages(store, limit);
                    listed.removeIf(id -> !id.startsWith("quiet"));
                    assertThat(listed).as("pages of %s", limit).doesNotHaveDuplicates();
                    assertThat(Set.copyOf(listed)).isEqualTo(quiet);
                }
            } finally {
                done.set(true);
            }
            touching.get();
        }
    }

    @Test
    void whatIsTakenOverIsAsOldAsItWasUnlessItWentOn() {
        HistoryConfig config = HistoryConfig.of(RealServers.newDatabase(), RealServers.emptyRedis());
        try (HybridHistoryStore store = HybridHistoryStore.open(config)) {
            Instant old = Instant.parse("2020-01-01T00:00:00Z");
            say(store, "taken");
            ConversationKey key = ConversationKey.of(owner, "taken");
            Conversation taken = store.get(owner, "taken").orElseThrow();
            say(store, "taken");
            store.setActive(key, taken, old);
            Conversation wentOn = store.get(owner, "taken").orElseThrow();
            assertThat(wentOn.updatedAt()).isAfterOrEqualTo(taken.updatedAt());
            store.setActive(key, wentOn, old);
            assertThat(store.get(owner, "taken").orElseThrow().updatedAt()).isEqualTo(old);
        }
    }

    private void touch(HybridHistoryStore store, AtomicBoolean done) {
        for (int i = 0; !done.get(); i++) {
            say(store, "busy" + i % (CONVERSATIONS / 10) * 10);
            store.create(owner, NewConversation.withId("new" + i));
            if (i % 3 == 0) {
                store.delete(owner, "new" + i, AppendOptions.EXISTING);
            }
        }
    }

    private List<String> pages(HybridHistoryStore store, int limit) {
        List<String> listed = new ArrayList<>();
        Page<Conversation> page = store.list(owner, ListQuery.newest(limit));
        page.data().forEach(c -> listed.add(c.id()));
        for (String next = page.next(); next != null; next = page.next()) {
            page = store.list(owner, new ListQuery(limit, next, null));
            page.data().forEach(c -> listed.add(c.id()));
        }
        return listed;
    }

    private void say(HybridHistoryStore store, String id) {
        store.append(owner, id, List.of(NewMessage.of("user", "hi " + id)), AppendOptions.CREATE);
    }
}
