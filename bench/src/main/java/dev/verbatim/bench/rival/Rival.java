package dev.verbatim.bench.rival;

import java.util.List;

/**
 * Something that keeps conversations, as an application would use it. Thread-safe; each method returns when the rival has
 * done, by its own measure, all it does.
 */
public interface Rival extends AutoCloseable {
    /** How many messages a read asks for. */
    int WINDOW = 20;

    /** Makes a conversation that holds {@code messages}. */
    void create(String conversation, List<Said> messages);

    /** Adds one message. */
    void append(String conversation, Said message);

    /** Adds what was asked and what was answered. */
    void appendTurn(String conversation, Said question, Said answer);

    /** The newest {@link #WINDOW} messages, oldest first, as the rival hands them to an application. */
    List<?> read(String conversation);

    /** Has a cache, if the rival has one, hold what {@link #read} would give. */
    default void warm(String conversation) {
        read(conversation);
    }

    /** How many messages one {@link #append} stores. */
    default int perAppend() {
        return 1;
    }

    @Override
    void close();
}
