package dev.verbatim.server;

import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says at once, before anything is started, that a {@code REDIS_URL} cannot be right. */
final class RedisAddress {
    private static final int LAST_PORT = 65_535;
    private static final Pattern SCHEME =
            Pattern.compile("(redis|rediss|redis-sentinel|rediss-sentinel)://.+", Pattern.DOTALL);
    private static final Pattern BAD_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

    /** Scheme, user and password, host, port, and what follows; of a further node only the host must be there. */
    private static final Pattern NODE = Pattern.compile(
            "(?:rediss?(?:-sentinel)?://)?(?:[^@/]*@)?(?:\\[[0-9a-fA-F:.]+]|[^:/@\\[\\]\\s?#]+)(?::(\\d{1,5}))?(?:[/?#].*)?");

    private RedisAddress() {}

    /**
     * Checks what a user set.
     *
     * @throws SettingsException when it is none of the forms; without the URL, which may hold a password
     */
    static void check(String url) {
        if (!SCHEME.matcher(url).matches()) {
            throw new SettingsException("REDIS_URL must begin with redis://, rediss:// or redis-sentinel://");
        }
        if (BAD_ESCAPE.matcher(url).find()) {
            throw new SettingsException("REDIS_URL has a % that is not followed by two hex digits; write it %25");
        }
        for (String node : url.split(",", -1)) {
            Matcher parts = NODE.matcher(node.strip());
            if (!parts.matches()) {
                throw new SettingsException("REDIS_URL must name hosts as host:port; several are divided by commas");
            }
            if (parts.group(1) != null && !isPort(Integer.parseInt(parts.group(1)))) {
                throw new SettingsException("REDIS_URL has a port that is not 1 to " + LAST_PORT);
            }
        }
    }

    private static boolean isPort(int number) {
        return number >= 1 && number <= LAST_PORT;
    }
}
