package dev.verbatim.bench.rival;

import com.zaxxer.hikari.HikariDataSource;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;
import org.springframework.ai.chat.memory.ChatMemory;
import org.springframework.ai.chat.memory.MessageWindowChatMemory;
import org.springframework.ai.chat.memory.repository.jdbc.JdbcChatMemoryRepository;
import org.springframework.ai.chat.memory.repository.jdbc.PostgresChatMemoryRepositoryDialect;
import org.springframework.ai.chat.messages.Message;

/**
 * Spring AI's chat memory over JDBC: keeps the last messages, or all, and writes them anew at each addition. Additions to
 * one conversation come one after another here, as an application must see to by itself: what is added at once is lost, and
 * with the whole history everything is there twice after it, and four times after the next.
 */
final class SpringMemoryRival implements Rival {
    private final HikariDataSource pool;
    private final ChatMemory memory;
    private final Map<String, Lock> adding = new ConcurrentHashMap<>();

    /** @param kept how many messages the memory keeps; {@link Integer#MAX_VALUE} for the whole history */
    SpringMemoryRival(Places places, int kept) {
        pool = Pools.open(places.databaseUrl());
        Pools.run(pool, JdbcChatMemoryRepository.class, "schema-postgresql.sql");
        memory = MessageWindowChatMemory.builder()
                .chatMemoryRepository(JdbcChatMemoryRepository.builder()
                        .dataSource(pool)
                        .dialect(new PostgresChatMemoryRepositoryDialect())
                        .build())
                .maxMessages(kept)
                .build();
    }

    @Override
    public void create(String conversation, List<Said> messages) {
        add(conversation, messages.stream().map(SpringMessages::message).toList());
    }

    @Override
    public void append(String conversation, Said message) {
        add(conversation, List.of(SpringMessages.message(message)));
    }

    @Override
    public void appendTurn(String conversation, Said question, Said answer) {
        add(conversation, List.of(SpringMessages.message(question), SpringMessages.message(answer)));
    }

    private void add(String conversation, List<Message> messages) {
        Lock lock = adding.computeIfAbsent(conversation, key -> new ReentrantLock());
        lock.lock();
        try {
            memory.add(conversation, messages);
        } finally {
            lock.unlock();
        }
    }

    @Override
    public List<Message> read(String conversation) {
        List<Message> all = memory.get(conversation);
        return all.subList(Math.max(0, all.size() - WINDOW), all.size());
    }

    @Override
    public void close() {
        pool.close();
    }
}
