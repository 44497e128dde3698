package dev.verbatim.server.http;

/** Answers the requests of one route: parses, calls, writes. Called by many threads at once. */
@FunctionalInterface
public interface Handler {
    /** Answers one request through {@code request}, or throws what the error mapping turns into an answer. */
    void handle(RequestContext request);
}
