package dev.verbatim.server;

/** All that came back over one connection. */
record RawAnswer(String text) {
    int status() {
        return text.startsWith("HTTP/1.1 ") ? Integer.parseInt(text.substring(9, 12)) : 0;
    }
}
