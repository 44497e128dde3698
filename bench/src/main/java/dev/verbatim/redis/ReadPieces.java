package dev.verbatim.redis;

import dev.verbatim.ConversationKey;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.Message;
import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.Owner;
import dev.verbatim.Slice;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What a read does with the processor, beside asking Redis: here for what only this package sees. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@NullUnmarked // JMH calls the set-up
public class ReadPieces {
    private static final String CONVERSATION = "conversation-1";
    private static final int MESSAGES = 20;
    private static final long EPOCH = 1;

    private Owner owner;
    private ConversationKey key;
    private byte[] value;
    private CachedTail cached;

    /** Makes an entry as Redis holds it. */
    @Setup
    public void makeEntry() {
        owner = Owner.named("ann");
        key = ConversationKey.of(owner, CONVERSATION);
        ByteArrayOutputStream entry = new ByteArrayOutputStream();
        entry.writeBytes(Header.identity(EPOCH, Names.fingerprint(key.owner())));
        entry.writeBytes(
                String.format("%016d %016d %016d %016d %016d 1 %016d %016d%n", 1, 1, MESSAGES, 1, MESSAGES, 0, 0)
                        .getBytes(StandardCharsets.US_ASCII));
        for (Message message : lines()) {
            entry.writeBytes(message.bytes());
            entry.write('\n');
        }
        value = entry.toByteArray();
        cached = tail();
    }

    private List<Message> lines() {
        try (InMemoryHistoryStore store = new InMemoryHistoryStore()) {
            store.create(owner, NewConversation.withId(CONVERSATION));
            for (int i = 0; i < MESSAGES; i++) {
                store.append(
                        owner, CONVERSATION, NewMessage.of("user", "I would like for it to be in San Jose, and soon."));
            }
            return store.read(owner, CONVERSATION, Slice.newest(MESSAGES)).messages();
        }
    }

    private CachedTail tail() {
        Header header = Header.read(value, EPOCH, Names.fingerprint(key.owner()));
        if (header == null) {
            throw new IllegalStateException("the entry is not as Redis holds it");
        }
        return new CachedTail(key, EPOCH, header, value);
    }

    /** From names to the key in Redis. */
    @Benchmark
    public byte[] nameToKey() {
        return Names.key(ConversationKey.of(Owner.named("ann"), CONVERSATION));
    }

    /** Whether the entry may be served. */
    @Benchmark
    public CachedTail header() {
        return tail();
    }

    /** The messages out of the entry. */
    @Benchmark
    public List<Message> lines20() {
        return cached.messages(1, MESSAGES);
    }
}
