package dev.verbatim.server.idempotency;

import dev.verbatim.RepeatableRequest;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.RequestContext;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;

/** Which request a request is, when it may be sent again. */
final class Identity {
    static final String KEY = "Idempotency-Key";

    /** What the stock OpenAI clients send with every request: how often they have sent it before. */
    static final String RETRY_COUNT = "X-Stainless-Retry-Count";

    private static final HeaderName KEY_NAME = HeaderNames.create(KEY);
    private static final HeaderName RETRY_COUNT_NAME = HeaderNames.create(RETRY_COUNT);
    private static final int LONGEST_KEY = 255;
    private static final int LONGEST_COUNT = 9;
    private static final Duration KEPT = Duration.ofHours(24);
    private static final Duration KEPT_UNASKED = Duration.ofMinutes(1);

    private Identity() {}

    /**
     * The request, by its key or, without one, by its retry count; empty when it has neither.
     *
     * @throws ApiException (400) when one of the two is not as it must be
     */
    static Optional<RepeatableRequest> of(RequestContext request, byte[] body) {
        Optional<String> key = request.header(KEY_NAME);
        if (key.isPresent()) {
            return Optional.of(new RepeatableRequest(
                    request.owner(), named(request, checked(key.get())), content(request, body), KEPT, false));
        }
        return request.header(RETRY_COUNT_NAME).map(Identity::count).map(count -> {
            String content = content(request, body);
            return new RepeatableRequest(request.owner(), unnamed(request, content), content, KEPT_UNASKED, count == 0);
        });
    }

    /** Whether {@link #of} would give a request. */
    static boolean isThere(RequestContext request) {
        return request.listHeader(KEY_NAME).isPresent()
                || request.listHeader(RETRY_COUNT_NAME).isPresent();
    }

    private static String checked(String key) {
        if (key.isEmpty() || key.length() > LONGEST_KEY || key.chars().anyMatch(c -> c < ' ' || c == 0x7F)) {
            throw ApiException.invalid(
                    KEY, KEY + " must have 1 to " + LONGEST_KEY + " characters and no control characters");
        }
        return key;
    }

    private static int count(String value) {
        if (value.isEmpty() || value.length() > LONGEST_COUNT || !value.chars().allMatch(c -> c >= '0' && c <= '9')) {
            throw ApiException.invalid(RETRY_COUNT, RETRY_COUNT + " must be a whole number, 0 for a first request");
        }
        return Integer.parseInt(value);
    }

    private static String named(RequestContext request, String key) {
        return hash(request, "key", key);
    }

    private static String unnamed(RequestContext request, String content) {
        return hash(request, "content", content);
    }

    private static String hash(RequestContext request, String kind, String value) {
        List<byte[]> parts = new ArrayList<>();
        request.resource().forEach(part -> parts.add(bytes(part)));
        parts.add(bytes(kind));
        parts.add(bytes(value));
        return sha256(parts);
    }

    /** All that the handlers look at, beside the path. */
    private static String content(RequestContext request, byte[] body) {
        String ifMatch = request.listHeader(HeaderNames.IF_MATCH).orElse("");
        return sha256(List.of(bytes(request.rawQuery()), bytes(ifMatch), body));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    /** Of each part its length too, so that no two lists look alike. */
    private static String sha256(List<byte[]> parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(
                        ByteBuffer.allocate(Integer.BYTES).putInt(part.length).array());
                digest.update(part);
            }
            return HexFormat.of().formatHex(digest.digest());
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every JDK has SHA-256", e);
        }
    }
}
