package dev.verbatim.server;

import dev.verbatim.Accounts;
import dev.verbatim.HistoryStore;
import dev.verbatim.InMemoryHistoryStore;
import dev.verbatim.server.auth.Passwords;
import dev.verbatim.server.http.HttpServer;
import dev.verbatim.server.http.Limits;
import dev.verbatim.server.http.Routes;
import java.time.Duration;
import java.util.HashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/** A server of the whole API on a free port, over a store in memory unless told otherwise. */
final class TestServer implements AutoCloseable {
    static final String ADMIN = "admin-key-admin-key-admin-key-32";

    /** Most tests hash passwords only on their way to something else. */
    static final int LITTLE_MEMORY_KIB = 64;

    static final Limits QUICK = new Limits(
            Limits.DEFAULT.bodyBytes(),
            Limits.DEFAULT.drainBytes(),
            Duration.ofSeconds(1),
            Duration.ofSeconds(1),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2),
            Duration.ofSeconds(2));

    final HistoryStore store;
    final Accounts accounts;
    final Routes routes;
    private final HttpServer server;

    private TestServer(HistoryStore store, Accounts accounts, Limits limits, Map<String, String> settings) {
        this(store, accounts, limits, settings, new Passwords(LITTLE_MEMORY_KIB), System::nanoTime);
    }

    private TestServer(
            HistoryStore store,
            Accounts accounts,
            Limits limits,
            Map<String, String> settings,
            Passwords passwords,
            LongSupplier clock) {
        this.store = store;
        this.accounts = accounts;
        Map<String, String> all = new HashMap<>(Map.of("PORT", "0", "VERBATIM_ADMIN_KEY", ADMIN));
        all.putAll(settings);
        accounts.ensureAdmin();
        Api api = new Api(ServerConfig.of(Settings.of(all)), store, accounts, passwords, clock);
        this.routes = api.routes();
        this.server = api.start(limits);
    }

    static TestServer start() {
        return start(new InMemoryHistoryStore());
    }

    static TestServer start(HistoryStore store) {
        return new TestServer(store, new InMemoryAccounts(), Limits.DEFAULT, Map.of());
    }

    static TestServer start(HistoryStore store, Accounts accounts) {
        return new TestServer(store, accounts, Limits.DEFAULT, Map.of());
    }

    static TestServer with(HistoryStore store, Accounts accounts, Map<String, String> settings) {
        return new TestServer(store, accounts, Limits.DEFAULT, settings);
    }

    static TestServer with(Map<String, String> settings) {
        return new TestServer(new InMemoryHistoryStore(), new InMemoryAccounts(), Limits.DEFAULT, settings);
    }

    /** Passwords are checked as told, and failed log-ins forgotten by {@code clock}. */
    static TestServer with(Passwords passwords, LongSupplier clock) {
        return new TestServer(
                new InMemoryHistoryStore(), new InMemoryAccounts(), Limits.DEFAULT, Map.of(), passwords, clock);
    }

    static TestServer quick() {
        return new TestServer(new InMemoryHistoryStore(), new InMemoryAccounts(), QUICK, Map.of());
    }

    int port() {
        return server.port();
    }

    /** Without a key. */
    TestClient anonymous() {
        return new TestClient("http://127.0.0.1:" + port());
    }

    /** With the admin key. */
    TestClient admin() {
        return anonymous().key(ADMIN);
    }

    /** A trusted application's key that acts for {@code user}. */
    TestClient as(String user) {
        return admin().with("Verbatim-User", user);
    }

    /** A key of a role, made through the API. */
    String newKey(String json) {
        return admin().post("/api/keys", json).json().at("/key").asString();
    }

    /** A user with an email, made through the API; its id. */
    String newUser(String email, String password) {
        return admin().post("/api/users", "{\"email\":\"" + email + "\",\"password\":\"" + password + "\"}")
                .json()
                .at("/id")
                .asString();
    }

    @Override
    public void close() {
        server.close();
    }
}
