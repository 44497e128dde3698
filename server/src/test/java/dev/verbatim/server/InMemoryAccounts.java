package dev.verbatim.server;

import dev.verbatim.Accounts;
import dev.verbatim.Page;
import dev.verbatim.SecretHash;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;

/** Accounts without a database, for tests of what is above them. */
final class InMemoryAccounts implements Accounts {
    private record Secret(UUID user, SecretKind kind, Instant expiresAt) {}

    private record Kept(NewKey key, ApiKey shown) {}

    private final Map<String, User> users = new TreeMap<>();
    private final Map<UUID, String> passwords = new HashMap<>();
    private final Map<String, Kept> keys = new TreeMap<>();
    private final Map<SecretHash, Secret> secrets = new HashMap<>();
    int asked;

    @Override
    public synchronized Optional<User> addUser(NewUser user) {
        if (credentials(user.email()).isPresent()) {
            return Optional.empty();
        }
        UUID id = UUID.randomUUID();
        passwords.put(id, user.passwordHash());
        User made = new User(id, user.email(), null, null, user.deptId(), user.role(), Instant.now());
        users.put(id.toString(), made);
        return Optional.of(made);
    }

    @Override
    public synchronized Optional<User> user(UUID id) {
        return Optional.ofNullable(users.get(id.toString()));
    }

    @Override
    public synchronized Page<User> users(int limit, @Nullable String after) {
        return page(users, limit, after);
    }

    private static <T> Page<T> page(Map<String, T> all, int limit, @Nullable String after) {
        List<String> ids = all.keySet().stream()
                .filter(id -> after == null || id.compareTo(after) > 0)
                .limit(limit + 1L)
                .toList();
        boolean more = ids.size() > limit;
        return new Page<>(ids.stream().limit(limit).map(all::get).toList(), more ? ids.get(limit - 1) : null);
    }

    @Override
    public synchronized Optional<Credentials> credentials(String email) {
        return users.values().stream()
                .filter(u -> email.equals(u.email()))
                .findFirst()
                .map(u -> new Credentials(u.id(), String.valueOf(passwords.get(u.id()))));
    }

    @Override
    public synchronized boolean endAccess(UUID userId) {
        keys.values().removeIf(k -> userId.equals(k.key().userId()));
        secrets.values().removeIf(s -> s.user().equals(userId));
        return users.remove(userId.toString()) != null;
    }

    @Override
    public synchronized Optional<ApiKey> addKey(NewKey key) {
        UUID user = key.userId();
        if (user != null && user(user).isEmpty()) {
            return Optional.empty();
        }
        ApiKey made = new ApiKey(
                UUID.randomUUID(),
                key.prefix(),
                key.name(),
                key.role(),
                key.namespace(),
                user,
                Instant.now(),
                key.expiresAt());
        keys.put(made.id().toString(), new Kept(key, made));
        return Optional.of(made);
    }

    @Override
    public synchronized Optional<ApiKey> key(UUID id) {
        return Optional.ofNullable(keys.get(id.toString())).map(Kept::shown);
    }

    @Override
    public synchronized Page<ApiKey> keys(int limit, @Nullable String after) {
        Page<Kept> page = page(keys, limit, after);
        return new Page<>(page.data().stream().map(Kept::shown).toList(), page.next());
    }

    @Override
    public synchronized boolean removeKey(UUID id) {
        return keys.remove(id.toString()) != null;
    }

    @Override
    public synchronized boolean addSecret(UUID userId, SecretHash hash, SecretKind kind, Instant expiresAt) {
        secrets.put(hash, new Secret(userId, kind, expiresAt));
        return users.containsKey(userId.toString());
    }

    private Optional<UUID> take(SecretHash hash, SecretKind kind) {
        Secret secret = secrets.get(hash);
        if (secret == null || secret.kind() != kind) {
            return Optional.empty();
        }
        secrets.remove(hash);
        return Optional.of(secret).filter(InMemoryAccounts::isGood).map(Secret::user);
    }

    private static boolean isGood(Secret secret) {
        return secret.expiresAt().isAfter(Instant.now());
    }

    @Override
    public synchronized Optional<UUID> takeCode(SecretHash hash) {
        return take(hash, SecretKind.CODE);
    }

    @Override
    public synchronized boolean removeToken(SecretHash hash) {
        return take(hash, SecretKind.TOKEN).isPresent();
    }

    @Override
    public synchronized Optional<Principal> principal(SecretHash hash) {
        asked++;
        Secret secret = secrets.get(hash);
        if (secret != null && secret.kind() == SecretKind.TOKEN && isGood(secret)) {
            return user(secret.user()).map(u -> new Principal(u.id(), u.role(), "default", true));
        }
        Predicate<Instant> past = at -> !at.isAfter(Instant.now());
        return keys.values().stream()
                .map(Kept::key)
                .filter(k -> k.hash().equals(hash))
                .filter(k -> Optional.ofNullable(k.expiresAt()).filter(past).isEmpty())
                .findFirst()
                .map(k -> new Principal(k.userId(), k.role(), k.namespace(), false));
    }

    @Override
    public synchronized boolean ensureAdmin() {
        users.putIfAbsent(ADMIN_ID.toString(), new User(ADMIN_ID, null, null, null, null, Role.ADMIN, Instant.EPOCH));
        return keys.values().stream().anyMatch(k -> k.key().role() == Role.ADMIN);
    }
}
