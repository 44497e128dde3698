package dev.verbatim.bench.rival;

import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.Message;
import java.io.ByteArrayOutputStream;
import java.util.Collections;
import java.util.List;

/**
 * The limits: a read is one {@code GET} of the bytes Verbatim would answer with, an append one statement that inserts a
 * row, or many, and counts. What is written is not what is read.
 */
final class BareRival implements Rival {
    private final int perAppend;
    private final Tables tables;
    private final Redis redis;

    /** @param perAppend how many rows one append inserts */
    BareRival(Places places, int perAppend) {
        this.perAppend = perAppend;
        tables = new Tables(places.databaseUrl());
        redis = new Redis(places.redisUrl());
    }

    private static String key(String conversation) {
        return "bare:" + conversation;
    }

    /** The lines that Verbatim makes of these messages. */
    static byte[] lines(String conversation, List<Said> messages) {
        ByteArrayOutputStream lines = new ByteArrayOutputStream();
        try (VerbatimRival made = new VerbatimRival(new InMemoryHistoryStore())) {
            made.create(conversation, messages);
            for (Message message : made.read(conversation)) {
                lines.writeBytes(message.bytes());
                lines.write('\n');
            }
        }
        return lines.toByteArray();
    }

    @Override
    public void create(String conversation, List<Said> messages) {
        tables.create(conversation);
        tables.append(conversation, messages);
        redis.set(key(conversation), lines(conversation, messages));
    }

    @Override
    public void append(String conversation, Said message) {
        if (perAppend == 1) {
            tables.append(conversation, message);
        } else {
            tables.append(conversation, Collections.nCopies(perAppend, message));
        }
    }

    @Override
    public void appendTurn(String conversation, Said question, Said answer) {
        tables.append(conversation, List.of(question, answer));
    }

    @Override
    public int perAppend() {
        return perAppend;
    }

    /** One element: all the bytes. */
    @Override
    public List<byte[]> read(String conversation) {
        byte[] value = redis.get(key(conversation));
        if (value == null) {
            throw new IllegalStateException("Redis has lost " + key(conversation));
        }
        return List.of(value);
    }

    @Override
    public void close() {
        redis.close();
        tables.close();
    }
}
