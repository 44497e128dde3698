package dev.verbatim.server.importing;

import java.net.URI;
import java.time.Duration;
import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/** Brings conversations to a running service. */
public final class HttpSink implements ImportSink {
    private final ServiceClient client;

    /**
     * All that is brought belongs to {@code user}.
     *
     * @param base where the service is, such as {@code http://127.0.0.1:8080}
     * @param key a key that may act for {@code user}
     * @param user the name that {@code Verbatim-User} says
     * @param patience how long to go on trying while the service is away or busy
     */
    public HttpSink(URI base, String key, String user, Duration patience) {
        this.client = new ServiceClient(base, key, user, new Patience(patience));
    }

    @Override
    public Stored store(SourceConversation conversation) {
        String id = Objects.requireNonNull(conversation.head().id());
        long lastSeq =
                StoredJson.lastSeq(client.post("/api/conversations", RequestJson.conversation(conversation.head())));
        List<byte[]> messages =
                conversation.messages().stream().map(RequestJson::message).toList();
        long now = 0;
        String path = "/api/conversations/" + ServiceClient.encode(id) + "/messages";
        for (List<byte[]> batch : Batches.of(messages, m -> m.length)) {
            now += StoredJson.countAbove(lastSeq, client.post(path, RequestJson.messages(batch)));
        }
        return new Stored(now, messages.size() - now);
    }

    @Override
    public void tellWaits(Consumer<String> listener) {
        client.tellWaits(listener);
    }

    @Override
    public void close() {
        client.close();
    }
}
