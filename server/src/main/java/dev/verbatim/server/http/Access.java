package dev.verbatim.server.http;

/** Who may call a route. */
public enum Access {
    /** Anybody, without a key. */
    OPEN,
    /** Whoever has a key or is logged in, for the data of the user they act for. */
    USER,
    /** Admins only. */
    ADMIN
}
