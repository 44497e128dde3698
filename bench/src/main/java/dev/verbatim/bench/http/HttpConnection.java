package dev.verbatim.bench.http;

import java.io.EOFException;
import java.io.IOException;
import java.net.SocketAddress;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection, with one request under way at most. Answers must tell their length. */
final class HttpConnection {
    private static final int ROOM = 1 << 20;
    private static final int STATUS_AT = "HTTP/1.1 ".length();
    private static final String LENGTH = "content-length:";

    private final SocketChannel channel;
    private final ByteBuffer answer = ByteBuffer.allocate(ROOM);
    private HttpLoad.Request request = new HttpLoad.Request(new byte[0], 0);
    private long due;

    /** How long the whole answer is, or 0 as long as its head is not there. */
    private int end;

    HttpConnection(SocketAddress address, Selector selector) throws IOException {
        channel = SocketChannel.open(address);
        channel.setOption(StandardSocketOptions.TCP_NODELAY, true);
        channel.configureBlocking(false);
        channel.register(selector, SelectionKey.OP_READ, this);
    }

    /** @param dueAt when it was to be sent */
    void send(HttpLoad.Request next, long dueAt) throws IOException {
        request = next;
        due = dueAt;
        end = 0;
        answer.clear();
        ByteBuffer bytes = next.bytes().duplicate();
        while (bytes.hasRemaining()) {
            channel.write(bytes);
        }
    }

    /** Takes what has come; whether that was the answer's end. */
    boolean receive() throws IOException {
        if (channel.read(answer) < 0) {
            throw new EOFException("the server closed a connection");
        }
        if (end == 0) {
            end = findEnd();
        }
        return end > 0 && answer.position() >= end;
    }

    private int findEnd() {
        byte[] bytes = answer.array();
        for (int at = 3; at < answer.position(); at++) {
            if (bytes[at] == '\n' && bytes[at - 1] == '\r' && bytes[at - 2] == '\n') {
                return at + 1 + bodyLength(new String(bytes, 0, at, StandardCharsets.ISO_8859_1));
            }
        }
        return 0;
    }

    private static int bodyLength(String head) {
        int at = head.toLowerCase(Locale.ROOT).indexOf(LENGTH);
        if (at < 0) {
            throw new IllegalStateException("an answer without length: " + head);
        }
        int lineEnd = head.indexOf('\r', at);
        return Integer.parseInt(head.substring(at + LENGTH.length(), lineEnd).strip());
    }

    int kind() {
        return request.kind();
    }

    long due() {
        return due;
    }

    boolean wasGood() {
        return answer.get(STATUS_AT) == '2';
    }

    void close() throws IOException {
        channel.close();
    }
}
