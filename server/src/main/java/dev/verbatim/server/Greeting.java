package dev.verbatim.server;

import java.nio.file.Path;

/** What a person reads when the service is ready: where it is, how to get in, what to try. */
public final class Greeting {
    private Greeting() {}

    /**
     * The text.
     *
     * @param address {@code host:port}, fit for a URL
     * @param code a one-time code to log in with
     * @param keyFile where the admin key is; not looked at when the settings gave the key
     * @param keyOfSettings whether they did
     */
    static String text(String address, String code, Path keyFile, boolean keyOfSettings) {
        String key = keyOfSettings ? "$VERBATIM_ADMIN_KEY" : "$(cat '" + shown(keyFile) + "')";
        return """
                Verbatim is ready at http://%1$s
                Open it as admin (the code in it is good once, within 10 minutes):
                  http://%1$s/#code=%2$s
                Or log in from a terminal (the answer has a token for 12 hours):
                  curl -d '{"code":"%2$s"}' http://%1$s/api/login
                Try it:
                  curl -H "Authorization: Bearer %3$s" -d '{"role":"user","content":"Hello"}' \
                'http://%1$s/api/conversations/first/messages?create=true'
                """.formatted(address, code, key);
    }

    /** Relative to where the service was started when that is shorter: so it can be pasted there. */
    private static Path shown(Path file) {
        Path here = Path.of("").toAbsolutePath();
        return file.startsWith(here) ? here.relativize(file) : file;
    }

    /** A host and port as a URL has them; an address that stands for all of them is shown as the local one. */
    public static String address(String host, int port) {
        String shown = host.equals("0.0.0.0") || host.equals("::") ? "127.0.0.1" : host;
        return (shown.contains(":") ? "[" + shown + "]" : shown) + ":" + port;
    }
}
