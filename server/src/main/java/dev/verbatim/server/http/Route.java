package dev.verbatim.server.http;

import java.util.List;
import java.util.Set;

/**
 * One route.
 *
 * @param method in capitals
 * @param template the path, with {@code {name}} for what varies, such as {@code /api/keys/{id}}
 * @param access who may call it
 * @param parameters the query parameters it knows; any other is refused
 * @param handler what answers
 */
public record Route(String method, String template, Access access, Set<String> parameters, Handler handler) {
    public Route {
        parameters = Set.copyOf(parameters);
    }

    List<String> segments() {
        return Paths.split(template);
    }
}
