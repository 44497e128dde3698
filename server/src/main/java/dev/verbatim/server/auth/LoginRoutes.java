package dev.verbatim.server.auth;

import dev.verbatim.Accounts;
import dev.verbatim.Accounts.Credentials;
import dev.verbatim.Accounts.SecretKind;
import dev.verbatim.SecretHash;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.JsonBody;
import dev.verbatim.server.http.JsonOut;
import dev.verbatim.server.http.RequestContext;
import dev.verbatim.server.http.Routes;
import io.helidon.http.HeaderNames;
import java.time.Duration;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;
import java.util.UUID;
import java.util.function.LongSupplier;

/** Logs in and out, and says who is calling. */
public final class LoginRoutes {
    private static final Duration TOKEN_TIME = Duration.ofHours(12);

    private final Accounts accounts;
    private final Principals principals;
    private final Passwords passwords;
    private final LoginLimits byEmail;
    private final LoginLimits byAddress;

    private LoginRoutes(Accounts accounts, Principals principals, Passwords passwords, LongSupplier clock) {
        byEmail = new LoginLimits(10, Duration.ofSeconds(30), clock);
        byAddress = new LoginLimits(100, Duration.ofSeconds(3), clock);
        this.accounts = accounts;
        this.principals = principals;
        this.passwords = passwords;
    }

    /** Adds the routes; failed log-ins are forgotten by {@code clock}, nanoseconds as {@link System#nanoTime}. */
    public static void register(
            Routes routes, Accounts accounts, Principals principals, Passwords passwords, LongSupplier clock) {
        LoginRoutes handlers = new LoginRoutes(accounts, principals, passwords, clock);
        routes.add("POST", "/api/login", Access.OPEN, handlers::logIn)
                .add("DELETE", "/api/login", Access.USER, handlers::logOut)
                .add("GET", "/api/me", Access.USER, handlers::me);
    }

    private void logIn(RequestContext request) {
        JsonBody body = JsonBody.parse(request.body(), "email", "password", "code");
        UUID user = body.has("code") ? byCode(request, body) : byPassword(request, body);
        String token = Secrets.token();
        Instant expiresAt = Instant.now().plus(TOKEN_TIME).truncatedTo(ChronoUnit.MICROS);
        if (!accounts.addSecret(user, SecretHash.of(token), SecretKind.TOKEN, expiresAt)) {
            throw ApiException.unauthorized("this user was just erased");
        }
        request.header(HeaderNames.CACHE_CONTROL, "no-store")
                .json(
                        200,
                        new JsonOut()
                                .member("token", token)
                                .member("expires_at", expiresAt)
                                .end()
                                .bytes());
    }

    private UUID byCode(RequestContext request, JsonBody body) {
        if (body.has("email") || body.has("password")) {
            throw ApiException.invalid("code", "give either code, or email and password");
        }
        String code = body.requiredText("code");
        byAddress.begin(network(request));
        UUID user = accounts.takeCode(SecretHash.of(code))
                .orElseThrow(() -> ApiException.unauthorized("the code is unknown, used or expired"));
        byAddress.succeeded(network(request));
        return user;
    }

    /** An unknown email and a wrong password look the same, and take as long. */
    private UUID byPassword(RequestContext request, JsonBody body) {
        String email = Emails.normal(body.requiredText("email"));
        String password = body.requiredText("password");
        byAddress.begin(network(request));
        byEmail.begin(email);
        Optional<Credentials> known = password.codePointCount(0, password.length()) > Emails.LONGEST_PASSWORD
                ? Optional.empty()
                : accounts.credentials(email);
        boolean right =
                passwords.matches(password, known.map(Credentials::passwordHash).orElse(null));
        if (known.isEmpty() || !right) {
            throw ApiException.unauthorized("the email or the password is wrong");
        }
        byEmail.succeeded(email);
        byAddress.succeeded(network(request));
        return known.get().userId();
    }

    private static String network(RequestContext request) {
        return Networks.of(request.remoteAddress());
    }

    private void logOut(RequestContext request) {
        SecretHash token = Callers.secret(request);
        if (!accounts.removeToken(token)) {
            throw ApiException.invalid("Authorization", "this is no login token; an API key ends by DELETE /api/keys");
        }
        principals.forget(token);
        request.empty(204);
    }

    private void me(RequestContext request) {
        request.json(200, UserRoutes.me(request.caller(), accounts).bytes());
    }
}
