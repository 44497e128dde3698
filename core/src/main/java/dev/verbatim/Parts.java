package dev.verbatim;

/** How large the parts are in which a whole history is read. */
public final class Parts {
    /** A part has one message at least, and goes on while it has less than this. */
    public static final int BYTES = 1 << 20;

    /** What a message counts beside its {@link MessageRow#body}. */
    public static final int BYTES_BESIDE_BODY = 200;

    private Parts() {}
}
