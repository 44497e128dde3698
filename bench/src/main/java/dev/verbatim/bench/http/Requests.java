package dev.verbatim.bench.http;

import dev.verbatim.bench.load.Keys;
import dev.verbatim.bench.rival.Rival;
import dev.verbatim.bench.rival.Said;
import dev.verbatim.bench.rival.VerbatimRival;
import java.nio.charset.StandardCharsets;
import tools.jackson.databind.ObjectMapper;

/** Requests to the service, as bytes. Thread-safe. */
public final class Requests {
    static final String NEWEST = "?limit=" + Rival.WINDOW;

    private static final ObjectMapper JSON = new ObjectMapper();

    private final String key;

    /** @param key what the service is to be called with */
    public Requests(String key) {
        this.key = key;
    }

    static String path(String conversation) {
        return "/api/conversations/" + conversation + "/messages";
    }

    static String user(String conversation) {
        return VerbatimRival.userOf(conversation);
    }

    private String head(String line, String conversation) {
        return line + " HTTP/1.1\r\nHost: 127.0.0.1\r\nAuthorization: Bearer " + key + "\r\nVerbatim-User: "
                + user(conversation) + "\r\n";
    }

    /** Reads the newest messages. */
    public byte[] read(String conversation) {
        return bytes(head("GET " + path(conversation) + NEWEST, conversation) + "\r\n");
    }

    /** {@link #read} of all conversations of {@code keys}. */
    public byte[][] reads(Keys keys) {
        byte[][] all = new byte[keys.count()][];
        for (int i = 0; i < all.length; i++) {
            all[i] = read(keys.name(i));
        }
        return all;
    }

    /** Adds a message. */
    public byte[] append(String conversation, Said message) {
        byte[] body = JSON.writeValueAsBytes(message);
        byte[] head = bytes(head("POST " + path(conversation), conversation)
                + "Content-Type: application/json\r\nContent-Length: " + body.length + "\r\n\r\n");
        byte[] request = new byte[head.length + body.length];
        System.arraycopy(head, 0, request, 0, head.length);
        System.arraycopy(body, 0, request, head.length, body.length);
        return request;
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
