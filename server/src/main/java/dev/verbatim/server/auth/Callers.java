package dev.verbatim.server.auth;

import dev.verbatim.Accounts;
import dev.verbatim.Accounts.Principal;
import dev.verbatim.Accounts.Role;
import dev.verbatim.InvalidInputException;
import dev.verbatim.Owner;
import dev.verbatim.SecretHash;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.Authenticator;
import dev.verbatim.server.http.Caller;
import dev.verbatim.server.http.Percent;
import dev.verbatim.server.http.RequestContext;
import io.helidon.http.HeaderName;
import io.helidon.http.HeaderNames;
import java.security.MessageDigest;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Finds out from the headers who calls and for whom. Thread-safe. */
public final class Callers implements Authenticator {
    private static final HeaderName ON_BEHALF_OF = HeaderNames.create("Verbatim-User");
    private static final String USER = "Verbatim-User";
    private static final String BEARER = "bearer ";
    private static final int LONGEST_SECRET = 4_096;

    private final Principals principals;
    private final byte @Nullable [] adminKey;

    /**
     * Asks {@code principals}.
     *
     * @param adminKey the hash of the admin key of the settings, or null
     */
    public Callers(Principals principals, @Nullable SecretHash adminKey) {
        this.principals = principals;
        this.adminKey = adminKey == null ? null : adminKey.bytes();
    }

    @Override
    public Caller authenticate(RequestContext request, Access access) {
        Principal principal = principal(secret(request));
        if (access == Access.ADMIN && principal.role() != Role.ADMIN) {
            throw ApiException.forbidden("this needs the role admin; the key has the role "
                    + principal.role().text());
        }
        return new Caller(principal.role(), owner(principal, request));
    }

    /** The hash of the secret a request came with. */
    static SecretHash secret(RequestContext request) {
        Optional<String> header = request.header(HeaderNames.AUTHORIZATION);
        if (header.isEmpty()) {
            throw ApiException.unauthorized("no key; send Authorization: Bearer <API key or login token>");
        }
        String value = header.get();
        if (!value.regionMatches(true, 0, BEARER, 0, BEARER.length()) || value.length() > LONGEST_SECRET) {
            throw ApiException.unauthorized("send Authorization: Bearer <API key or login token>");
        }
        return SecretHash.of(value.substring(BEARER.length()).strip());
    }

    private Principal principal(SecretHash secret) {
        if (adminKey != null && MessageDigest.isEqual(adminKey, secret.bytes())) {
            return new Principal(null, Role.ADMIN, Owner.DEFAULT_NAMESPACE, false);
        }
        return principals
                .of(secret)
                .orElseThrow(() -> ApiException.unauthorized("the key or token is unknown, revoked or expired"));
    }

    private static Owner owner(Principal principal, RequestContext request) {
        Optional<String> user = request.header(ON_BEHALF_OF);
        return switch (principal.role()) {
            case USER -> {
                if (user.isPresent()) {
                    throw ApiException.forbidden("a key of role user acts for its own user; leave out " + USER);
                }
                yield Owner.registered(Objects.requireNonNull(principal.userId()));
            }
            case SERVICE ->
                named(
                        principal,
                        user.orElseThrow(() -> ApiException.invalid(
                                USER, "a key of role service acts for a user: name one in the header " + USER)));
            case ADMIN -> user.isPresent() ? named(principal, user.get()) : Owner.registered(itself(principal));
        };
    }

    private static UUID itself(Principal principal) {
        return Objects.requireNonNullElse(principal.userId(), Accounts.ADMIN_ID);
    }

    private static Owner named(Principal principal, String header) {
        String name = Percent.decode(USER, header, false);
        try {
            return Owner.named(principal.namespace(), name);
        } catch (InvalidInputException e) {
            throw ApiException.invalid(USER, USER + " must have 1 to 255 characters and no control characters");
        }
    }
}
