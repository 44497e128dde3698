package dev.verbatim.server;

import java.io.BufferedInputStream;
import java.io.ByteArrayOutputStream;
import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/** One connection on which requests are sent as bytes and answers read as text, and that can be cut at any moment. */
final class RawConnection implements AutoCloseable {
    private static final int PATIENCE_MILLIS = 30_000;

    private final Socket socket;
    private final InputStream in;

    RawConnection(int port) throws IOException {
        socket = new Socket(InetAddress.getLoopbackAddress(), port);
        socket.setSoTimeout(PATIENCE_MILLIS);
        socket.setTcpNoDelay(true);
        in = new BufferedInputStream(socket.getInputStream());
    }

    /** An answer: its head, and its body without the marks of chunks. */
    record Answer(String head, String body) {
        int status() {
            return Integer.parseInt(head.substring(9, 12));
        }

        /** Whether another request may follow. */
        boolean isKept() {
            return !head.toLowerCase(Locale.ROOT).contains("\r\nconnection: close");
        }
    }

    void send(String bytes) throws IOException {
        socket.getOutputStream().write(bytes.getBytes(StandardCharsets.UTF_8));
    }

    /** What has come when something has, but no more bytes than that. */
    String beginning(int most) throws IOException {
        byte[] bytes = new byte[most];
        int length = in.read(bytes);
        return new String(bytes, 0, Math.max(0, length), StandardCharsets.UTF_8);
    }

    private String next(int bytes) throws IOException {
        return new String(in.readNBytes(bytes), StandardCharsets.UTF_8);
    }

    /** The whole next answer. */
    Answer answer() throws IOException {
        String head = head();
        String low = head.toLowerCase(Locale.ROOT);
        int at = low.indexOf("\r\ncontent-length: ");
        if (at >= 0) {
            String length = low.substring(at + 18, low.indexOf('\r', at + 2));
            return new Answer(head, next(Integer.parseInt(length.strip())));
        }
        return new Answer(head, low.contains("\r\ntransfer-encoding: chunked") ? chunks() : "");
    }

    private String head() throws IOException {
        StringBuilder head = new StringBuilder();
        for (String line = line(); !line.isEmpty(); line = line()) {
            head.append(line).append("\r\n");
        }
        return head.toString();
    }

    private String chunks() throws IOException {
        StringBuilder body = new StringBuilder();
        for (int size = size(); size > 0; size = size()) {
            body.append(next(size));
            line();
        }
        line();
        return body.toString();
    }

    private int size() throws IOException {
        return Integer.parseInt(line().strip(), 16);
    }

    private String line() throws IOException {
        ByteArrayOutputStream line = new ByteArrayOutputStream();
        for (int b = in.read(); b != '\n'; b = in.read()) {
            if (b < 0) {
                throw new EOFException("closed after: " + line.toString(StandardCharsets.UTF_8));
            }
            line.write(b);
        }
        return line.toString(StandardCharsets.UTF_8).stripTrailing();
    }

    /** Ends it with a reset, whatever is on its way. */
    void cut() throws IOException {
        socket.setSoLinger(true, 0);
        socket.close();
    }

    @Override
    public void close() throws IOException {
        socket.close();
    }
}
