package dev.verbatim.server.auth;

import dev.verbatim.Accounts;
import dev.verbatim.Accounts.ApiKey;
import dev.verbatim.Accounts.NewKey;
import dev.verbatim.Accounts.Role;
import dev.verbatim.Owner;
import dev.verbatim.SecretHash;
import dev.verbatim.Times;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.JsonBody;
import dev.verbatim.server.http.JsonOut;
import dev.verbatim.server.http.Lists;
import dev.verbatim.server.http.RequestContext;
import dev.verbatim.server.http.Routes;
import io.helidon.http.HeaderNames;
import java.time.Instant;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes, lists and revokes API keys. */
public final class KeyRoutes {
    private final Accounts accounts;
    private final Principals principals;

    private KeyRoutes(Accounts accounts, Principals principals) {
        this.accounts = accounts;
        this.principals = principals;
    }

    /** Adds the routes. */
    public static void register(Routes routes, Accounts accounts, Principals principals) {
        KeyRoutes handlers = new KeyRoutes(accounts, principals);
        routes.add("POST", "/api/keys", Access.ADMIN, handlers::create)
                .add("GET", "/api/keys", Access.ADMIN, handlers::list, "limit", "after")
                .add("GET", "/api/keys/{id}", Access.ADMIN, handlers::get)
                .add("DELETE", "/api/keys/{id}", Access.ADMIN, handlers::revoke);
    }

    private void create(RequestContext request) {
        JsonBody body = JsonBody.parse(request.body(), "name", "role", "user_id", "namespace", "expires_at");
        String secret = Secrets.key();
        NewKey wanted = wanted(body, secret);
        ApiKey key = accounts.addKey(wanted)
                .orElseThrow(() -> ApiException.invalid("user_id", "there is no user with this user_id"));
        JsonOut answer = new JsonOut().member("id", key.id().toString()).member("key", secret);
        request.header(HeaderNames.CACHE_CONTROL, "no-store")
                .json(201, describe(answer, key).end().bytes());
    }

    private static NewKey wanted(JsonBody body, String secret) {
        String name = Fields.name("name", body.requiredText("name"));
        Role role = Fields.role(body.requiredText("role"));
        @Nullable UUID user = user(body, role);
        String namespace = Fields.name("namespace", body.text("namespace").orElse(Owner.DEFAULT_NAMESPACE));
        @Nullable
        Instant expiresAt =
                body.text("expires_at").map(t -> Times.parse("expires_at", t)).orElse(null);
        if (expiresAt != null && !expiresAt.isAfter(Instant.now())) {
            throw ApiException.invalid("expires_at", "expires_at must lie in the future");
        }
        return new NewKey(SecretHash.of(secret), Secrets.prefix(secret), name, role, namespace, user, expiresAt);
    }

    private static @Nullable UUID user(JsonBody body, Role role) {
        if (role != Role.USER) {
            if (body.text("user_id").isPresent()) {
                throw ApiException.invalid("user_id", "user_id is for keys of role user only");
            }
            return null;
        }
        return Fields.uuid(body.requiredText("user_id"))
                .orElseThrow(() -> ApiException.invalid("user_id", "user_id must be the id of a user"));
    }

    private void list(RequestContext request) {
        request.json(200, Lists.json(accounts.keys(request.query().limit(), Fields.after(request)), KeyRoutes::json));
    }

    private void get(RequestContext request) {
        ApiKey key = Fields.uuid(request.path("id"))
                .flatMap(accounts::key)
                .orElseThrow(() -> ApiException.notFound("there is no such key"));
        request.json(200, json(key).bytes());
    }

    private void revoke(RequestContext request) {
        if (!Fields.uuid(request.path("id")).map(accounts::removeKey).orElse(false)) {
            throw ApiException.notFound("there is no such key");
        }
        principals.forgetAll();
        request.empty(204);
    }

    private static JsonOut json(ApiKey key) {
        return describe(new JsonOut().member("id", key.id().toString()), key).end();
    }

    private static JsonOut describe(JsonOut out, ApiKey key) {
        @Nullable UUID user = key.userId();
        return out.member("prefix", key.prefix())
                .member("name", key.name())
                .member("role", key.role().text())
                .member("namespace", key.namespace())
                .member("user_id", user == null ? null : user.toString())
                .member("created_at", key.createdAt())
                .member("expires_at", key.expiresAt());
    }
}
