package dev.verbatim.redis;

import dev.verbatim.Message;
import java.util.List;

/**
 * The newest of some messages as an entry keeps them, each line with its end: as many as a window has and as fit into an
 * entry. None when the newest alone does not fit.
 */
final class Lines {
    /** The most bytes an entry has, its header with it. */
    static final int MAX_ENTRY = 256 * 1024;

    private final long first;
    private final byte[] bytes;

    private Lines(long first, byte[] bytes) {
        this.first = first;
        this.bytes = bytes;
    }

    /** The number of the first line; one more than the last message's when there is no line. */
    long first() {
        return first;
    }

    /** The lines. */
    byte[] bytes() {
        return bytes;
    }

    /** The newest of {@code messages}, whose last has the number {@code last}. */
    static Lines newest(List<Message> messages, long last, int window) {
        int from = messages.size();
        int size = 0;
        int oldest = Math.max(0, from - window);
        while (from > oldest && fits(messages.get(from - 1), size)) {
            from--;
            size += messages.get(from).bytes().length + 1;
        }
        return new Lines(last - messages.size() + from + 1, join(messages.subList(from, messages.size()), size));
    }

    private static boolean fits(Message message, int size) {
        return message.bytes().length < MAX_ENTRY - Header.LENGTH - size;
    }

    private static byte[] join(List<Message> messages, int size) {
        byte[] bytes = new byte[size];
        int at = 0;
        for (Message message : messages) {
            byte[] line = message.bytes();
            System.arraycopy(line, 0, bytes, at, line.length);
            at += line.length;
            bytes[at++] = '\n';
        }
        return bytes;
    }

    /** Whether {@code messages} are all those from {@code from} to {@code to}, in order. */
    static boolean areRun(List<Message> messages, long from, long to) {
        if (messages.size() != to - from + 1) {
            return false;
        }
        long seq = from;
        for (Message message : messages) {
            if (message.seq() != seq++) {
                return false;
            }
        }
        return true;
    }
}
