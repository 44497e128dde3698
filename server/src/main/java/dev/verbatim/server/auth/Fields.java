package dev.verbatim.server.auth;

import dev.verbatim.Accounts.Role;
import dev.verbatim.InvalidInputException;
import dev.verbatim.Owner;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.RequestContext;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Reads what requests about users and keys have in common. */
final class Fields {
    private Fields() {}

    static Role role(String text) {
        return Role.of(text).orElseThrow(() -> ApiException.invalid("role", "role must be user, service or admin"));
    }

    /** A name of 1 to 255 characters; the same rule as for all names. */
    static String name(String param, String name) {
        try {
            Owner.named(Owner.DEFAULT_NAMESPACE, name);
            return name;
        } catch (InvalidInputException e) {
            throw ApiException.invalid(param, param + " must have 1 to 255 characters and no control characters");
        }
    }

    static Optional<UUID> uuid(String text) {
        try {
            UUID uuid = UUID.fromString(text);
            return uuid.toString().equals(text) ? Optional.of(uuid) : Optional.empty();
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /** Where a list by id goes on: the id of the entry before. */
    static @Nullable String after(RequestContext request) {
        Optional<String> after = request.query().text("after");
        if (after.isPresent() && uuid(after.get()).isEmpty()) {
            throw ApiException.invalid("after", "after must be what next said in a page of this list");
        }
        return after.orElse(null);
    }
}
