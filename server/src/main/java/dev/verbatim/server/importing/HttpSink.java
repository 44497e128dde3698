package dev.verbatim.server.importing;

import java.net.URI;
import java.time.Duration;
import java.util.function.Consumer;

/** Brings conversations to a running service. */
public final class HttpSink implements ImportSink {
    private final ServiceClient client;
    private final Bringing bringing;

    /**
     * Each conversation belongs to whom {@code users} says.
     *
     * @param base where the service is, such as {@code http://127.0.0.1:8080}
     * @param key a key that may act for all of them
     * @param users the names that {@code Verbatim-User} says
     * @param patience how long to go on trying while the service is away or busy
     */
    public HttpSink(URI base, String key, Users users, Duration patience) {
        this.client = new ServiceClient(base, key, new Patience(patience));
        this.bringing = new Bringing(new HttpTarget(client), users);
    }

    @Override
    public Stored store(SourceConversation conversation) {
        return bringing.store(conversation);
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
