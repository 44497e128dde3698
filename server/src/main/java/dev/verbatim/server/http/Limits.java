package dev.verbatim.server.http;

import java.time.Duration;

/**
 * What one request may cost.
 *
 * @param bodyBytes the largest body that is taken
 * @param drainBytes how much of a larger body is read to its end, so that the client reads the refusal
 * @param headTime how long a request's head may take to come in
 * @param bodyTime how long a request's body may take to come in
 * @param lingerTime how long the rest of a much too large body is read and dropped after the refusal
 * @param sendTime how long a large answer may take to go out
 * @param stopTime how long requests under way may take when the server stops
 */
public record Limits(
        int bodyBytes,
        long drainBytes,
        Duration headTime,
        Duration bodyTime,
        Duration lingerTime,
        Duration sendTime,
        Duration stopTime) {
    /** The longest URL, in bytes. */
    static final int URL_BYTES = 16 << 10;

    /** The most that a request's headers may have together, in bytes. */
    static final int HEADER_BYTES = 16 << 10;

    /** What the API promises. */
    public static final Limits DEFAULT = new Limits(
            4 << 20,
            16 << 20,
            Duration.ofSeconds(20),
            Duration.ofSeconds(30),
            Duration.ofSeconds(5),
            Duration.ofSeconds(60),
            Duration.ofSeconds(10));
}
