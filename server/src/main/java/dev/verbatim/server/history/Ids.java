package dev.verbatim.server.history;

import dev.verbatim.InvalidInputException;
import dev.verbatim.NewConversation;
import dev.verbatim.server.http.RequestContext;
import java.util.Objects;

/** The conversation that a path names. */
public final class Ids {
    private Ids() {}

    /**
     * The id in the path.
     *
     * @throws InvalidInputException when it cannot be one; the parameter is {@code id}, as the path calls it
     */
    public static String conversation(RequestContext request) {
        return Objects.requireNonNull(NewConversation.withId(request.path("id")).id());
    }
}
