package dev.verbatim.server.history;

import dev.verbatim.Appended;
import dev.verbatim.Message;
import dev.verbatim.Slice;
import dev.verbatim.Window;
import dev.verbatim.server.http.HttpMetrics;
import dev.verbatim.server.http.RequestContext;
import dev.verbatim.server.window.ModelWindow;
import io.helidon.http.Header;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.micrometer.core.instrument.Counter;
import java.nio.charset.StandardCharsets;
import java.util.EnumMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Answers made of messages: the bytes they were stored as, put side by side, nothing parsed and nothing written anew.
 * Thread-safe.
 */
public final class ReadAnswers {
    private static final HeaderName CACHE_STATUS = HeaderNames.create("Cache-Status");
    private static final Header PRIVATE = HeaderValues.createCached(HeaderNames.CACHE_CONTROL, "private, no-cache");
    private static final Map<Window.Source, Header> STATUS = Map.of(
            Window.Source.HIT, HeaderValues.createCached(CACHE_STATUS, "Verbatim; hit"),
            Window.Source.MISS, HeaderValues.createCached(CACHE_STATUS, "Verbatim; fwd=miss"),
            Window.Source.BYPASS, HeaderValues.createCached(CACHE_STATUS, "Verbatim; fwd=bypass"),
            Window.Source.STALE, HeaderValues.createCached(CACHE_STATUS, "Verbatim; hit; detail=stale"));

    private static final byte[] DATA = ascii("{\"data\":[");
    private static final byte[] LIST_DATA = ascii("{\"object\":\"list\",\"data\":[");

    private final Map<Window.Source, Counter> reads = new EnumMap<>(Window.Source.class);

    /** Counts what it answers in {@code metrics}. */
    public ReadAnswers(HttpMetrics metrics) {
        for (Window.Source source : Window.Source.values()) {
            reads.put(source, metrics.reads(source.name().toLowerCase(Locale.ROOT)));
        }
    }

    /** The answer to an append. */
    static byte[] appended(Appended appended) {
        return join(DATA, appended.messages(), false, ascii("],\"last_seq\":" + appended.lastSeq() + "}"));
    }

    /** Answers a read with its headers; 304 when the client has it already. */
    void write(RequestContext request, Slice slice, Window window, boolean newestFirst) {
        write(request, window, () -> join(LIST_DATA, window.messages(), newestFirst, tail(slice, window)));
    }

    /** Answers with what fits a model, and the headers of the read it was made of. */
    void write(RequestContext request, ModelWindow fitting) {
        write(
                request,
                fitting.window(),
                () -> ("{\"object\":\"list\",\"data\":[" + String.join(",", fitting.messages()) + "],\"has_more\":"
                                + fitting.hasMore() + ",\"next\":null}")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private void write(RequestContext request, Window window, Supplier<byte[]> json) {
        Counter counter = reads.get(window.source());
        if (counter != null) {
            counter.increment();
        }
        String tag = ETags.of(window);
        Header status = STATUS.get(window.source());
        if (status != null) {
            request.header(status);
        }
        request.header(PRIVATE).header(HeaderNames.ETAG, tag);
        if (known(request, tag)) {
            request.empty(304);
        } else {
            request.json(200, json.get());
        }
    }

    private static boolean known(RequestContext request, String tag) {
        Optional<String> header = request.listHeader(HeaderNames.IF_NONE_MATCH);
        return header.isPresent() && (ETags.isAny(header.get()) || ETags.contains("If-None-Match", header.get(), tag));
    }

    /** {@code next} leads on where a client went forwards from: that is what {@code after} takes. */
    private static byte[] tail(Slice slice, Window window) {
        boolean leadsOn = window.hasMore() && slice.after().isPresent();
        String next = leadsOn ? Long.toString(window.messages().getLast().seq()) : "null";
        return ascii("],\"has_more\":" + window.hasMore() + ",\"next\":" + next + "}");
    }

    private static byte[] join(byte[] head, List<Message> messages, boolean backwards, byte[] tail) {
        int length = head.length + tail.length + Math.max(0, messages.size() - 1);
        for (Message message : messages) {
            length += message.bytes().length;
        }
        byte[] out = new byte[length];
        int at = put(out, 0, head);
        for (int i = 0; i < messages.size(); i++) {
            if (i > 0) {
                out[at++] = ',';
            }
            at = put(
                    out,
                    at,
                    messages.get(backwards ? messages.size() - 1 - i : i).bytes());
        }
        put(out, at, tail);
        return out;
    }

    private static int put(byte[] out, int at, byte[] bytes) {
        System.arraycopy(bytes, 0, out, at, bytes.length);
        return at + bytes.length;
    }

    private static byte[] ascii(String text) {
        return text.getBytes(StandardCharsets.US_ASCII);
    }
}
