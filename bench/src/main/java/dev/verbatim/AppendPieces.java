package dev.verbatim;

import java.time.Instant;
import java.util.concurrent.TimeUnit;
import org.jspecify.annotations.NullUnmarked;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;

/** What an append does with the processor, beside PostgreSQL and Redis: here for what only this package sees. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@NullUnmarked // JMH calls the set-up
public class AppendPieces {
    private static final String CONTENT = "I would like for it to be in San Jose, and soon.";

    private ConversationKey key;
    private NewMessage message;
    private Instant now;

    /** Makes a message. */
    @Setup
    public void makeMessage() {
        key = ConversationKey.of(Owner.named("ann"), "conversation-1");
        message = NewMessage.of("user", CONTENT);
        now = Instant.now();
    }

    /** From text to a message that was checked. */
    @Benchmark
    public NewMessage textToMessage() {
        return NewMessage.of("user", CONTENT);
    }

    /** From a message to its line, with the id made. */
    @Benchmark
    public Message messageToLine() {
        return MessageRow.of(key, 7, now, message).toMessage();
    }
}
