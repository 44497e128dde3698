package dev.verbatim.bench.rival;

import java.util.List;
import tools.jackson.core.type.TypeReference;
import tools.jackson.databind.ObjectMapper;

/**
 * The design that everybody writes first: insert a row, select the newest, put them into Redis as JSON; a read takes what
 * Redis has. Two writers at once may leave the older end in Redis.
 */
final class PlainRival implements Rival {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final TypeReference<List<Said>> LIST = new TypeReference<>() {};

    private final Tables tables;
    private final Redis redis;

    PlainRival(Places places) {
        tables = new Tables(places.databaseUrl());
        redis = new Redis(places.redisUrl());
    }

    private static String key(String conversation) {
        return "plain:" + conversation;
    }

    @Override
    public void create(String conversation, List<Said> messages) {
        tables.create(conversation);
        tables.append(conversation, messages);
        cache(conversation);
    }

    @Override
    public void append(String conversation, Said message) {
        tables.append(conversation, message);
        cache(conversation);
    }

    @Override
    public void appendTurn(String conversation, Said question, Said answer) {
        tables.append(conversation, List.of(question, answer));
        cache(conversation);
    }

    private List<Said> cache(String conversation) {
        List<Said> newest = tables.newest(conversation);
        redis.set(key(conversation), JSON.writeValueAsBytes(newest));
        return newest;
    }

    @Override
    public List<Said> read(String conversation) {
        byte[] cached = redis.get(key(conversation));
        return cached == null ? cache(conversation) : JSON.readValue(cached, LIST);
    }

    @Override
    public void close() {
        redis.close();
        tables.close();
    }
}
