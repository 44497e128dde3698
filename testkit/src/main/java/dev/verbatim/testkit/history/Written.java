package dev.verbatim.testkit.history;

/**
 * A message as a client sent it.
 *
 * @param id brought by the client, unique in its conversation
 * @param content hash of the members after the id
 */
public record Written(String id, long content) {
    public Written {
        Names.check("message id", id);
    }

    /**
     * Out of the JSON object that is sent, in UTF-8: without white space between members, {@code id} first and {@code role}
     * second, and none of {@code created_at}, {@code tokens_used}, {@code latency_ms}, {@code model}, which a stored line has
     * in another place.
     *
     * @throws IllegalArgumentException when it does not begin as it must
     */
    public static Written of(byte[] json) {
        LineScanner scanner = new LineScanner(json);
        String id = scanner.text("{\"id\":\"");
        scanner.skip(",");
        return new Written(id, scanner.hashOfRest());
    }
}
