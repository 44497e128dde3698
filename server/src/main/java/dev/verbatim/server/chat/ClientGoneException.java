package dev.verbatim.server.chat;

/** Whoever asked hung up before the answer was whole. */
final class ClientGoneException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    ClientGoneException(Throwable cause) {
        super("the client closed the connection", cause);
    }
}
