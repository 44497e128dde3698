package dev.verbatim.server.auth;

import dev.verbatim.Accounts;
import dev.verbatim.Accounts.NewUser;
import dev.verbatim.Accounts.Role;
import dev.verbatim.Accounts.User;
import dev.verbatim.HistoryStore;
import dev.verbatim.Owner;
import dev.verbatim.server.http.Access;
import dev.verbatim.server.http.ApiException;
import dev.verbatim.server.http.Caller;
import dev.verbatim.server.http.JsonBody;
import dev.verbatim.server.http.JsonOut;
import dev.verbatim.server.http.Lists;
import dev.verbatim.server.http.RequestContext;
import dev.verbatim.server.http.Routes;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Makes, lists and erases users. */
public final class UserRoutes {
    private final Accounts accounts;
    private final HistoryStore store;
    private final Principals principals;
    private final Passwords passwords;

    private UserRoutes(Accounts accounts, HistoryStore store, Principals principals, Passwords passwords) {
        this.accounts = accounts;
        this.store = store;
        this.principals = principals;
        this.passwords = passwords;
    }

    /** Adds the routes. */
    public static void register(
            Routes routes, Accounts accounts, HistoryStore store, Principals principals, Passwords passwords) {
        UserRoutes handlers = new UserRoutes(accounts, store, principals, passwords);
        routes.add("POST", "/api/users", Access.ADMIN, handlers::create)
                .add("GET", "/api/users", Access.ADMIN, handlers::list, "limit", "after")
                .add("DELETE", "/api/users/me", Access.USER, handlers::eraseMe)
                .add("DELETE", "/api/users/{id}", Access.ADMIN, handlers::erase);
    }

    private void create(RequestContext request) {
        JsonBody body = JsonBody.parse(request.body(), "email", "password", "dept_id", "role");
        String email = Emails.check(body.requiredText("email"));
        String password = Emails.checkPassword(body.requiredText("password"));
        @Nullable
        String department =
                body.text("dept_id").map(d -> Fields.name("dept_id", d)).orElse(null);
        Role role = Fields.role(body.text("role").orElse("user"));
        User user = accounts.addUser(new NewUser(email, passwords.hash(password), department, role))
                .orElseThrow(() -> ApiException.conflict("email", "there is a user with this email already"));
        request.json(201, json(user).bytes());
    }

    private void list(RequestContext request) {
        request.json(200, Lists.json(accounts.users(request.query().limit(), Fields.after(request)), UserRoutes::json));
    }

    private void eraseMe(RequestContext request) {
        erase(request.owner());
        request.empty(204);
    }

    private void erase(RequestContext request) {
        UUID id = Fields.uuid(request.path("id")).orElseThrow(UserRoutes::unknown);
        if (!erase(Owner.registered(id))) {
            throw unknown();
        }
        request.empty(204);
    }

    /** First nobody can act as the user any more, then the data goes; false when there was no such user. */
    private boolean erase(Owner owner) {
        if (owner.id().equals(Accounts.ADMIN_ID)) {
            throw ApiException.conflict(null, "the built-in admin cannot be erased");
        }
        boolean known = accounts.endAccess(owner.id());
        principals.forgetAll();
        store.erase(owner);
        return known;
    }

    private static ApiException unknown() {
        return ApiException.notFound("there is no such user");
    }

    private static JsonOut json(User user) {
        return new JsonOut()
                .member("id", user.id().toString())
                .member("email", user.email())
                .member("namespace", user.namespace())
                .member("name", user.name())
                .member("dept_id", user.deptId())
                .member("role", user.role().text())
                .member("created_at", user.createdAt())
                .end();
    }

    /** The caller: the user acted for, and the role acted in. One named by an application may not be stored yet. */
    static JsonOut me(Caller caller, Accounts accounts) {
        Owner owner = caller.owner();
        return accounts.user(owner.id())
                .map(user -> new User(
                        user.id(),
                        user.email(),
                        user.namespace(),
                        user.name(),
                        user.deptId(),
                        caller.role(),
                        user.createdAt()))
                .map(UserRoutes::json)
                .orElseGet(() -> new JsonOut()
                        .member("id", owner.id().toString())
                        .member("email", (String) null)
                        .member("namespace", owner.namespace())
                        .member("name", owner.name())
                        .member("dept_id", (String) null)
                        .member("role", caller.role().text())
                        .member("created_at", (String) null)
                        .end());
    }
}
