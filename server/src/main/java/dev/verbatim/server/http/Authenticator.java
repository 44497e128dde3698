package dev.verbatim.server.http;

/** Finds out who calls. Thread-safe. */
@FunctionalInterface
public interface Authenticator {
    /**
     * The caller of a request.
     *
     * @throws ApiException 401 when nobody known calls, 403 when the caller may not do this, 400 when it is not said for
     *     which user
     */
    Caller authenticate(RequestContext request, Access access);
}
