package dev.verbatim.server.http;

import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One route.
 *
 * @param method in capitals
 * @param template the path, with {@code {name}} for what varies, such as {@code /api/keys/{id}}
 * @param access who may call it
 * @param parameters the query parameters it knows; any other is refused
 * @param handler what answers
 * @param repeatable whether it may be sent again with a key, and is answered as it was
 */
public record Route(
        String method, String template, Access access, Set<String> parameters, Handler handler, boolean repeatable) {
    public Route {
        parameters = Set.copyOf(parameters);
    }

    Route repeatable(UnaryOperator<Handler> around) {
        return new Route(method, template, access, parameters, around.apply(handler), true);
    }

    List<String> segments() {
        return Paths.split(template);
    }
}
