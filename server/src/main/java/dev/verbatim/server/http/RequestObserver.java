package dev.verbatim.server.http;

import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** Sees requests come and go, on the thread that answers them. Called by many threads at once. */
@FunctionalInterface
public interface RequestObserver {
    /** Sees nothing. */
    RequestObserver NONE = (method, header) -> (route, status) -> {};

    /**
     * A request begins.
     *
     * @param header gives the value of a request header, or null
     */
    Following begin(String method, Function<String, @Nullable String> header);

    /** One request under way. */
    @FunctionalInterface
    interface Following {
        /** It was answered with {@code status}, by the route of this template; {@code none} for no route. */
        void end(String route, int status);
    }
}
