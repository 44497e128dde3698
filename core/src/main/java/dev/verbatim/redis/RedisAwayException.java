package dev.verbatim.redis;

import org.jspecify.annotations.Nullable;

/**
 * Redis did not do what it was asked in time: not reachable, too slow, or it refused. Whether it was done is not known.
 * Whoever reads goes to PostgreSQL. Cheap: it has no stack trace, for there is one a request while Redis is away.
 */
public final class RedisAwayException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    RedisAwayException(String message, @Nullable Throwable cause) {
        super(message, cause, false, false);
    }
}
