package dev.verbatim;

import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** A process that appends to a few conversations with several threads and says each message that was acknowledged. */
final class Writer {
    static final int CONVERSATIONS = 3;
    private static final int THREADS = 6;

    private Writer() {}

    /** Arguments: URL of PostgreSQL, URL of Redis, the writer's name, how many messages each thread appends. */
    public static void main(String[] args) {
        HistoryConfig config = HistoryConfig.of(args[0], args[1]);
        try (HybridHistoryStore store = HybridHistoryStore.open(config);
                ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (int thread = 0; thread < THREADS; thread++) {
                String name = args[2] + "-" + thread;
                String conversation = "c" + thread % CONVERSATIONS;
                threads.execute(() -> write(store, conversation, name, Integer.parseInt(args[3])));
            }
        }
    }

    private static void write(HistoryStore store, String conversation, String name, int messages) {
        for (int i = 0; i < messages; i++) {
            NewMessage message = NewMessage.of("user", "hello").withId(name + "-" + i);
            Appended appended =
                    store.append(Owner.named("writers"), conversation, List.of(message), AppendOptions.CREATE);
            String line = conversation + " " + appended.messages().getFirst().seq() + " " + message.id() + "\n";
            System.out.append(line).flush();
        }
    }
}
