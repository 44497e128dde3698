package dev.verbatim.bench.rival;

import dev.langchain4j.community.store.memory.chat.redis.RedisChatMemoryStore;
import dev.langchain4j.community.store.memory.chat.redis.StoreType;
import dev.langchain4j.data.message.AiMessage;
import dev.langchain4j.data.message.ChatMessage;
import dev.langchain4j.data.message.UserMessage;
import dev.langchain4j.memory.ChatMemory;
import dev.langchain4j.memory.chat.MessageWindowChatMemory;
import dev.langchain4j.store.memory.chat.ChatMemoryStore;
import java.net.URI;
import java.util.List;

/** LangChain4j's chat memory on Redis: keeps the last messages, as one string, and nothing durable. */
final class LangChainRival implements Rival {
    private final ChatMemoryStore store;

    LangChainRival(Places places) {
        URI redis = URI.create(places.redisUrl());
        String credentials = redis.getUserInfo();
        RedisChatMemoryStore.Builder builder = RedisChatMemoryStore.builder()
                .host(redis.getHost())
                .port(redis.getPort())
                .prefix("langchain:")
                .storeType(StoreType.STRING);
        if (credentials != null) {
            builder.user("default").password(credentials.substring(credentials.indexOf(':') + 1));
        }
        store = builder.build();
    }

    private ChatMemory memory(String conversation) {
        return MessageWindowChatMemory.builder()
                .id(conversation)
                .maxMessages(WINDOW)
                .chatMemoryStore(store)
                .build();
    }

    @Override
    public void create(String conversation, List<Said> messages) {
        List<Said> kept = messages.subList(Math.max(0, messages.size() - WINDOW), messages.size());
        store.updateMessages(
                conversation, kept.stream().map(LangChainRival::message).toList());
    }

    @Override
    public void append(String conversation, Said message) {
        memory(conversation).add(message(message));
    }

    @Override
    public void appendTurn(String conversation, Said question, Said answer) {
        memory(conversation).add(message(question), message(answer));
    }

    @Override
    public List<ChatMessage> read(String conversation) {
        return memory(conversation).messages();
    }

    private static ChatMessage message(Said said) {
        return said.byUser() ? UserMessage.from(said.content()) : AiMessage.from(said.content());
    }

    /** The store holds its connections until the process ends: it has no way to be closed. */
    @Override
    public void close() {}
}
