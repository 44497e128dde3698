package dev.verbatim.server.http;

import io.helidon.http.HeaderNames;
import io.helidon.http.HeaderValues;
import io.helidon.webserver.CloseConnectionException;
import io.helidon.webserver.http.ServerRequest;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The body of one request, read within its limits of size and time. Used by one thread. */
final class RequestBody {
    private static final int FIRST_BUFFER = 16 << 10;

    private final ServerRequest request;
    private final Limits limits;
    private final Watchdog watchdog;
    private final long declared;
    private final boolean awaitsContinue;
    private @Nullable InputStream stream;
    private boolean touched;
    private boolean abandoned;

    RequestBody(ServerRequest request, Limits limits, Watchdog watchdog) {
        this.request = request;
        this.limits = limits;
        this.watchdog = watchdog;
        boolean chunked = request.headers().contains(HeaderNames.TRANSFER_ENCODING);
        this.declared = chunked ? -1 : request.headers().contentLength().orElse(0);
        this.awaitsContinue = request.headers().containsToken(HeaderValues.EXPECT_100);
        this.touched = declared == 0;
    }

    /**
     * All of it; no bytes when there is none.
     *
     * @throws ApiException (413) when it is too large; then it was read to its end, or the connection is to be closed;
     *     (400) when it is cut short or its chunks cannot be read; then the connection is to be closed
     */
    @SuppressWarnings("try") // the guard only has to be there
    byte[] bytes() {
        if (touched) {
            return new byte[0];
        }
        if (declared > limits.bodyBytes()) {
            throw tooLarge();
        }
        touched = true;
        try (Watchdog.Guard guard = watchdog.guard(limits.bodyTime())) {
            return read(stream());
        } catch (ApiException e) {
            throw e;
        } catch (IOException | UncheckedIOException e) {
            throw new CloseConnectionException("the body did not come in", e);
        } catch (RuntimeException e) {
            // Helidon says so of a client that stops in the middle, and of chunks that are none: no fault of ours.
            abandoned = true;
            throw cutShort();
        }
    }

    static ApiException cutShort() {
        return ApiException.invalid("body", "the body ends before its length, or its chunks are no chunks");
    }

    /**
     * All of it as it comes in, of any size; each piece must come in within the time of a body. What is not read to its end
     * has the connection closed after the answer.
     */
    InputStream open() {
        if (touched) {
            return InputStream.nullInputStream();
        }
        touched = true;
        abandoned = true;
        return new GuardedInput(stream(), watchdog, limits.bodyTime(), () -> abandoned = false);
    }

    /** Helidon gives it once, and whoever reads on after a refusal reads from the same one. */
    private InputStream stream() {
        InputStream in = stream;
        if (in == null) {
            in = request.content().inputStream();
            stream = in;
        }
        return in;
    }

    /** Grows with what comes in, not with what the client says will come. */
    private byte[] read(InputStream in) throws IOException {
        byte[] buffer = new byte[declared < 0 ? FIRST_BUFFER : (int) Math.min(declared, FIRST_BUFFER)];
        int length = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer, length, buffer.length - length)) {
            length += n;
            if (length > limits.bodyBytes()) {
                abandoned = !drain(in, length);
                throw tooLarge();
            }
            if (length == buffer.length) {
                if (length == declared) {
                    break;
                }
                buffer = Arrays.copyOf(buffer, Math.min(length * 2, limits.bodyBytes() + 1));
            }
        }
        return length == buffer.length ? buffer : Arrays.copyOf(buffer, length);
    }

    /**
     * Reads and drops what nobody asked for, so that the next request on the connection is found.
     *
     * @return false when there is too much of it: the connection is to be closed after the answer
     */
    @SuppressWarnings("try") // the guard only has to be there
    boolean finish() {
        if (touched) {
            return !abandoned;
        }
        touched = true;
        if (awaitsContinue || declared > limits.drainBytes()) {
            return false;
        }
        try (Watchdog.Guard guard = watchdog.guard(limits.bodyTime())) {
            return drain(stream(), 0);
        } catch (IOException | RuntimeException e) {
            throw new CloseConnectionException("the body did not come in", e);
        }
    }

    /** Reads on for a short while after a refusal: who is still sending would not get to read it otherwise. */
    void linger() {
        if (awaitsContinue) {
            return;
        }
        try (Watchdog.Guard guard = watchdog.guard(limits.lingerTime())) {
            InputStream in = stream();
            byte[] buffer = new byte[FIRST_BUFFER];
            while (!guard.fired() && in.read(buffer) >= 0) {
                // Dropped.
            }
        } catch (IOException | RuntimeException e) {
            throw new CloseConnectionException("the body did not end", e);
        }
    }

    private boolean drain(InputStream in, long already) throws IOException {
        byte[] buffer = new byte[FIRST_BUFFER];
        long total = already;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            total += n;
            if (total > limits.drainBytes()) {
                return false;
            }
        }
        return true;
    }

    private ApiException tooLarge() {
        return ApiException.tooLarge("the body is larger than " + limits.bodyBytes() + " bytes; send it in parts");
    }
}
