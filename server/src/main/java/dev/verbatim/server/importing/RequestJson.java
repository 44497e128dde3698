package dev.verbatim.server.importing;

import dev.verbatim.NewConversation;
import dev.verbatim.NewMessage;
import dev.verbatim.Times;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Objects;
import tools.jackson.core.JsonEncoding;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.ObjectWriteContext;
import tools.jackson.core.json.JsonFactory;

/** Writes what is brought as the API takes it, in UTF-8. */
final class RequestJson {
    private static final JsonFactory FACTORY = new JsonFactory();

    private RequestJson() {}

    /** A conversation to be made. */
    static byte[] conversation(NewConversation head) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
            json.writeStartObject();
            json.writeStringProperty("id", head.id());
            json.writeStringProperty("title", head.title());
            json.writeName("metadata");
            json.writeRawValue(Objects.requireNonNullElse(head.metadata(), "{}"));
            if (head.createdAt() != null) {
                json.writeStringProperty("created_at", Times.format(head.createdAt()));
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }

    /** A change that takes the title away. */
    static byte[] noTitle() {
        return "{\"title\":null}".getBytes(StandardCharsets.UTF_8);
    }

    /** Messages to be appended together, each as {@link #message} wrote it. */
    static byte[] messages(List<byte[]> messages) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("{\"messages\":".getBytes(StandardCharsets.UTF_8));
        byte separator = '[';
        for (byte[] message : messages) {
            out.write(separator);
            out.writeBytes(message);
            separator = ',';
        }
        out.writeBytes("]}".getBytes(StandardCharsets.UTF_8));
        return out.toByteArray();
    }

    /** A message: what has a place of its own, then the other members as they came. */
    static byte[] message(NewMessage message) {
        ByteArrayOutputStream out = new ByteArrayOutputStream(message.body().length() + 128);
        try (JsonGenerator json = FACTORY.createGenerator(ObjectWriteContext.empty(), out, JsonEncoding.UTF8)) {
            json.writeStartObject();
            if (message.id() != null) {
                json.writeStringProperty("id", message.id());
            }
            if (message.createdAt() != null) {
                json.writeStringProperty("created_at", Times.format(message.createdAt()));
            }
            json.writeStringProperty("role", message.role());
            message.tokensUsed().ifPresent(n -> json.writeNumberProperty("tokens_used", n));
            message.latencyMs().ifPresent(n -> json.writeNumberProperty("latency_ms", n));
            if (message.model() != null) {
                json.writeStringProperty("model", message.model());
            }
            if (message.body().length() > 2) {
                json.writeRaw(',');
                json.writeRaw(message.body(), 1, message.body().length() - 2);
            }
            json.writeEndObject();
        }
        return out.toByteArray();
    }
}
