package dev.verbatim.postgres;

import dev.verbatim.Accounts;
import dev.verbatim.InvalidInputException;
import dev.verbatim.Page;
import dev.verbatim.SecretHash;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Users, keys and log-ins in PostgreSQL. What takes access away writes a {@code change_log} row in its transaction. */
final class PostgresAccounts implements Accounts {
    private static final String ADD_USER = """
            INSERT INTO users (id, email, password_hash, dept_id, role) VALUES (?, ?, ?, ?, ?)
            ON CONFLICT (email) DO NOTHING RETURNING %s
            """.formatted(AccountRows.USER);

    private static final String USER_BY_ID =
            "SELECT " + AccountRows.USER + " FROM users WHERE id = ? AND erased_at IS NULL";

    private static final String USERS =
            "SELECT " + AccountRows.USER + " FROM users WHERE id > ? AND erased_at IS NULL ORDER BY id LIMIT ?";

    private static final String CREDENTIALS = """
            SELECT id, password_hash FROM users
            WHERE email = ? AND password_hash IS NOT NULL AND erased_at IS NULL
            """;

    private static final String END_ACCESS = """
            WITH keys AS (DELETE FROM api_keys WHERE user_id = ?),
              logins AS (DELETE FROM login_tokens WHERE user_id = ?)
            INSERT INTO change_log (user_id, id, kind) SELECT id, id, 'user' FROM users WHERE id = ? RETURNING id
            """;

    private static final String ADD_KEY = """
            INSERT INTO api_keys (id, user_id, hash, prefix, name, role, namespace, expires_at)
            SELECT ?, k.user_id, ?, ?, ?, ?, ?, ?::timestamptz FROM (VALUES (?::uuid)) AS k (user_id)
            WHERE k.user_id IS NULL OR EXISTS (SELECT FROM users u WHERE u.id = k.user_id AND u.erased_at IS NULL)
            RETURNING %s
            """.formatted(AccountRows.KEY);

    private static final String KEY_BY_ID = "SELECT " + AccountRows.KEY + " FROM api_keys WHERE id = ?";

    private static final String KEYS = "SELECT " + AccountRows.KEY + " FROM api_keys WHERE id > ? ORDER BY id LIMIT ?";

    private static final String REMOVE_KEY = """
            WITH gone AS (DELETE FROM api_keys WHERE id = ? RETURNING id, user_id)
            INSERT INTO change_log (user_id, id, kind) SELECT coalesce(user_id, id), id, 'key' FROM gone RETURNING id
            """;

    /** Some of those that have expired go on the way; those that another statement is removing are left to it. */
    private static final String ADD_SECRET = """
            WITH old AS (SELECT user_id, hash FROM login_tokens WHERE expires_at < now() ORDER BY expires_at LIMIT 20
                FOR UPDATE SKIP LOCKED),
              removed AS (DELETE FROM login_tokens t USING old WHERE t.user_id = old.user_id AND t.hash = old.hash)
            INSERT INTO login_tokens (user_id, hash, kind, expires_at)
            SELECT id, ?, ?, ?::timestamptz FROM users WHERE id = ? AND erased_at IS NULL FOR SHARE RETURNING user_id
            """;

    private static final String TAKE_CODE = """
            DELETE FROM login_tokens WHERE hash = ? AND kind = 'code' AND expires_at > now() RETURNING user_id
            """;

    private static final String REMOVE_TOKEN = """
            WITH gone AS (DELETE FROM login_tokens WHERE hash = ? AND kind = 'token' RETURNING user_id)
            INSERT INTO change_log (user_id, id, kind) SELECT user_id, user_id, 'user' FROM gone RETURNING user_id
            """;

    private static final String PRINCIPAL = """
            SELECT k.user_id, k.role, k.namespace, false AS login FROM api_keys k
            WHERE k.hash = ? AND (k.expires_at IS NULL OR k.expires_at > now())
            UNION ALL
            SELECT t.user_id, u.role, 'default', true FROM login_tokens t JOIN users u ON u.id = t.user_id
            WHERE t.hash = ? AND t.kind = 'token' AND t.expires_at > now() AND u.erased_at IS NULL
            """;

    private static final String MAKE_ADMIN = """
            WITH made AS (INSERT INTO users (id, role) VALUES (?, 'admin') ON CONFLICT (id) DO NOTHING)
            SELECT EXISTS (SELECT FROM api_keys
                WHERE role = 'admin' AND (expires_at IS NULL OR expires_at > now()))
            """;

    private static final UUID BEFORE_ALL = new UUID(0, 0);

    private final Database database;
    private final Transactions transactions;
    private final Duration lockTimeout;

    PostgresAccounts(Database database, Transactions transactions, Duration lockTimeout) {
        this.database = database;
        this.transactions = transactions;
        this.lockTimeout = lockTimeout;
    }

    @Override
    public Optional<User> addUser(NewUser user) {
        return change(
                ADD_USER,
                statement -> {
                    statement.setObject(1, UUID.randomUUID());
                    statement.setString(2, user.email());
                    statement.setString(3, user.passwordHash());
                    statement.setString(4, user.deptId());
                    statement.setString(5, user.role().text());
                },
                AccountRows::user);
    }

    @Override
    public Optional<User> user(UUID id) {
        return one(USER_BY_ID, statement -> statement.setObject(1, id), AccountRows::user);
    }

    @Override
    public Page<User> users(int limit, @Nullable String after) {
        return page(USERS, limit, after, AccountRows::user, user -> user.id().toString());
    }

    @Override
    public Optional<Credentials> credentials(String email) {
        return one(
                CREDENTIALS,
                statement -> statement.setString(1, email),
                row -> new Credentials(row.getObject("id", UUID.class), row.getString("password_hash")));
    }

    @Override
    public boolean endAccess(UUID userId) {
        return change(
                        END_ACCESS,
                        statement -> {
                            statement.setObject(1, userId);
                            statement.setObject(2, userId);
                            statement.setObject(3, userId);
                        },
                        row -> userId)
                .isPresent();
    }

    @Override
    public Optional<ApiKey> addKey(NewKey key) {
        Instant expiresAt = key.expiresAt();
        return change(
                ADD_KEY,
                statement -> {
                    statement.setObject(1, UUID.randomUUID());
                    statement.setBytes(2, key.hash().bytes());
                    statement.setString(3, key.prefix());
                    statement.setString(4, key.name());
                    statement.setString(5, key.role().text());
                    statement.setString(6, key.namespace());
                    statement.setString(7, expiresAt == null ? null : expiresAt.toString());
                    statement.setObject(8, key.userId());
                },
                AccountRows::key);
    }

    @Override
    public Optional<ApiKey> key(UUID id) {
        return one(KEY_BY_ID, statement -> statement.setObject(1, id), AccountRows::key);
    }

    @Override
    public Page<ApiKey> keys(int limit, @Nullable String after) {
        return page(KEYS, limit, after, AccountRows::key, key -> key.id().toString());
    }

    @Override
    public boolean removeKey(UUID id) {
        return change(REMOVE_KEY, statement -> statement.setObject(1, id), row -> id)
                .isPresent();
    }

    @Override
    public boolean addSecret(UUID userId, SecretHash hash, SecretKind kind, Instant expiresAt) {
        return change(
                        ADD_SECRET,
                        statement -> {
                            statement.setBytes(1, hash.bytes());
                            statement.setString(2, kind.text());
                            statement.setString(3, expiresAt.toString());
                            statement.setObject(4, userId);
                        },
                        row -> userId)
                .isPresent();
    }

    @Override
    public Optional<UUID> takeCode(SecretHash hash) {
        return change(
                TAKE_CODE,
                statement -> statement.setBytes(1, hash.bytes()),
                row -> row.getObject("user_id", UUID.class));
    }

    @Override
    public boolean removeToken(SecretHash hash) {
        return change(REMOVE_TOKEN, statement -> statement.setBytes(1, hash.bytes()), row -> hash)
                .isPresent();
    }

    @Override
    public Optional<Principal> principal(SecretHash hash) {
        return one(
                PRINCIPAL,
                statement -> {
                    statement.setBytes(1, hash.bytes());
                    statement.setBytes(2, hash.bytes());
                },
                AccountRows::principal);
    }

    @Override
    public boolean ensureAdmin() {
        return change(MAKE_ADMIN, statement -> statement.setObject(1, ADMIN_ID), row -> row.getBoolean(1))
                .orElse(false);
    }

    private <T> Optional<T> one(String sql, Database.Binder binder, AccountRows.Mapper<T> mapper) {
        return database.query(sql, binder, row -> row.next() ? Optional.of(mapper.map(row)) : Optional.empty());
    }

    private <T> Optional<T> change(String sql, Database.Binder binder, AccountRows.Mapper<T> mapper) {
        return transactions.run(lockTimeout, transaction -> {
            try (Query query = transaction.query(sql)) {
                PreparedStatement statement = query.statement();
                binder.bind(statement);
                try (ResultSet row = query.rows()) {
                    return row.next() ? Optional.of(mapper.map(row)) : Optional.empty();
                }
            }
        });
    }

    private interface IdOf<T> {
        String of(T entry);
    }

    private <T> Page<T> page(
            String sql, int limit, @Nullable String after, AccountRows.Mapper<T> mapper, IdOf<T> idOf) {
        UUID place = after == null ? BEFORE_ALL : place(after);
        return database.query(
                sql,
                statement -> {
                    statement.setObject(1, place);
                    // One more than asked for tells whether there is a next page.
                    statement.setInt(2, limit + 1);
                },
                rows -> readPage(rows, limit, mapper, idOf));
    }

    private static <T> Page<T> readPage(ResultSet rows, int limit, AccountRows.Mapper<T> mapper, IdOf<T> idOf)
            throws SQLException {
        List<T> found = new ArrayList<>();
        while (rows.next()) {
            if (found.size() == limit) {
                return new Page<>(found, idOf.of(found.getLast()));
            }
            found.add(mapper.map(rows));
        }
        return new Page<>(found, null);
    }

    private static UUID place(String after) {
        try {
            return UUID.fromString(after);
        } catch (IllegalArgumentException e) {
            throw new InvalidInputException("after", "after must be the \"next\" of a page of this list");
        }
    }
}
