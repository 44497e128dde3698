package dev.verbatim.server.chat;

import dev.verbatim.server.json.JsonText;
import io.helidon.webserver.CloseConnectionException;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/** Tells an answer as server-sent events, each flushed at once. Used by one thread. */
final class SseWriter implements ChatEvents {
    private final Supplier<OutputStream> opening;
    private @Nullable OutputStream out;

    /** Asks {@code opening} for the response's body when there is something to tell, not before. */
    SseWriter(Supplier<OutputStream> opening) {
        this.opening = opening;
    }

    /** Whether something was told: a failure can no longer be a response of its own. */
    boolean begun() {
        return out != null;
    }

    @Override
    public void begin(String conversationId, String messageId) {
        write("{\"conversation_id\":" + JsonText.quote(conversationId) + ",\"message_id\":" + JsonText.quote(messageId)
                + "}");
    }

    @Override
    public void delta(Delta delta) {
        String calls = delta.toolCalls();
        write("{\"delta\":" + JsonText.quote(delta.text()) + (calls == null ? "" : ",\"tool_calls\":" + calls) + "}");
    }

    /** The whole answer, and the end. */
    void end(ChatReply reply) {
        write(reply.json());
        done();
    }

    /** An error object, and the end. */
    void fail(String errorJson) {
        write(errorJson);
        done();
    }

    private void done() {
        write("[DONE]");
        try {
            stream().close();
        } catch (IOException | UncheckedIOException | CloseConnectionException e) {
            throw new ClientGoneException(e);
        }
    }

    private void write(String data) {
        try {
            OutputStream stream = stream();
            stream.write(("data: " + data + "\n\n").getBytes(StandardCharsets.UTF_8));
            stream.flush();
        } catch (IOException | UncheckedIOException | CloseConnectionException e) {
            throw new ClientGoneException(e);
        }
    }

    private OutputStream stream() {
        OutputStream stream = out == null ? opening.get() : out;
        out = stream;
        return stream;
    }
}
