package dev.verbatim.testkit.history;

/**
 * A stored message as an answer or PostgreSQL shows it.
 *
 * @param hash of the whole line
 * @param content hash of what the client had sent, as {@link Written#content}
 */
public record Line(String id, long seq, long hash, long content) {
    public Line {
        Names.check("message id", id);
    }

    /**
     * Out of the line's bytes, without a line end.
     *
     * @throws IllegalArgumentException when it does not begin as a stored message does
     */
    public static Line of(byte[] line) {
        LineScanner scanner = new LineScanner(line);
        String id = scanner.text("{\"id\":\"");
        scanner.skip(",\"seq\":");
        long seq = scanner.number();
        scanner.text(",\"created_at\":\"");
        scanner.skip(",");
        return new Line(id, seq, Hashes.of(line, 0), scanner.hashOfRest());
    }

    @Override
    public String toString() {
        return id + " at " + seq;
    }
}
