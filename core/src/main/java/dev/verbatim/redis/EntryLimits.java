package dev.verbatim.redis;

import dev.verbatim.HistoryConfig;
import java.nio.charset.StandardCharsets;

/** How long an entry lives and how much it keeps, as the scripts are told it. */
final class EntryLimits {
    private final int window;
    private final long ttlMillis;
    private final byte[] ttl;
    private final byte[] windowText;
    private final byte[] bytes = ascii(Lines.MAX_ENTRY);

    EntryLimits(HistoryConfig config) {
        window = config.windowMessages();
        ttlMillis = config.redisTtl().toMillis();
        windowText = ascii(window);
        ttl = ascii(ttlMillis);
    }

    int window() {
        return window;
    }

    long ttlMillis() {
        return ttlMillis;
    }

    byte[] ttl() {
        return ttl;
    }

    byte[] windowText() {
        return windowText;
    }

    byte[] bytes() {
        return bytes;
    }

    static byte[] ascii(long number) {
        return Long.toString(number).getBytes(StandardCharsets.US_ASCII);
    }
}
