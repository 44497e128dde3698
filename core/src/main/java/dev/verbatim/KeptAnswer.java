package dev.verbatim;

/** What a request was answered. Immutable as long as nobody changes the body's bytes. */
public final class KeptAnswer {
    private final int status;
    private final String headers;
    private final byte[] body;

    /**
     * An answer.
     *
     * @param status its HTTP status
     * @param headers its headers, each as {@code Name: value} on a line
     * @param body its body; no bytes when it has none
     */
    public KeptAnswer(int status, String headers, byte[] body) {
        this.status = status;
        this.headers = headers;
        this.body = body;
    }

    /** Its HTTP status. */
    public int status() {
        return status;
    }

    /** Its headers, each as {@code Name: value} on a line. */
    public String headers() {
        return headers;
    }

    /** Its body. Not to be changed. */
    public byte[] body() {
        return body;
    }
}
