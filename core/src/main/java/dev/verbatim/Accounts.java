package dev.verbatim;

import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Who may call a service: users with a log-in, and API keys. Secrets come in as SHA-256 only. Thread-safe; methods block
 * and throw {@link UnavailableException} when the store behind cannot be reached.
 */
public interface Accounts {
    /** The account that admin keys act as when they act for nobody else; made by {@link #ensureAdmin}. */
    UUID ADMIN_ID = UUID.fromString("00000000-0000-7000-8000-000000000000");

    /** What a caller may do. */
    enum Role {
        /** Own data only. */
        USER,
        /** Acts for users it names, within a namespace. */
        SERVICE,
        /** Everything. */
        ADMIN;

        /** As it is written in JSON and in the database. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }

        /** The role of that text, if it is one. */
        public static Optional<Role> of(String text) {
            for (Role role : values()) {
                if (role.text().equals(text)) {
                    return Optional.of(role);
                }
            }
            return Optional.empty();
        }
    }

    /**
     * A user.
     *
     * @param email what the user logs in with, or null for one who cannot log in
     * @param namespace with {@code name}: how an application calls the user; null for one who has an email
     */
    record User(
            UUID id,
            @Nullable String email,
            @Nullable String namespace,
            @Nullable String name,
            @Nullable String deptId,
            Role role,
            Instant createdAt) {}

    /**
     * A user to be made.
     *
     * @param email in lower case
     * @param passwordHash with its parameters and salt, as the hash function writes it
     */
    record NewUser(
            String email, String passwordHash, @Nullable String deptId, Role role) {
        /** Without the hash. */
        @Override
        public String toString() {
            return "NewUser[" + role + "]";
        }
    }

    /**
     * An API key, without its secret.
     *
     * @param prefix how the key begins, to recognise it by
     * @param userId whom a key of role {@link Role#USER} acts as, else null
     * @param expiresAt when it ends, or null
     */
    record ApiKey(
            UUID id,
            String prefix,
            String name,
            Role role,
            String namespace,
            @Nullable UUID userId,
            Instant createdAt,
            @Nullable Instant expiresAt) {}

    /**
     * An API key to be made.
     *
     * @param hash what is kept of the key
     */
    record NewKey(
            SecretHash hash,
            String prefix,
            String name,
            Role role,
            String namespace,
            @Nullable UUID userId,
            @Nullable Instant expiresAt) {}

    /** What is needed to check a password. */
    record Credentials(UUID userId, String passwordHash) {
        /** Without the hash. */
        @Override
        public String toString() {
            return "Credentials[" + userId + "]";
        }
    }

    /**
     * Whom a secret stands for.
     *
     * @param userId the account it acts as when it acts for nobody else; null for a key of role {@link Role#SERVICE}
     * @param login whether it came from a log-in; else it is an API key
     */
    record Principal(@Nullable UUID userId, Role role, String namespace, boolean login) {}

    /** What {@link #addSecret} keeps. */
    enum SecretKind {
        /** What a log-in gives, good until it expires. */
        TOKEN,
        /** Good for one log-in. */
        CODE;

        /** As it is written in the database. */
        public String text() {
            return name().toLowerCase(Locale.ROOT);
        }
    }

    /** Makes a user; empty when the email is known already. */
    Optional<User> addUser(NewUser user);

    /** The user {@code id}, if there is one. */
    Optional<User> user(UUID id);

    /** All users by id; {@code after} is a page's {@link Page#next} or null. */
    Page<User> users(int limit, @Nullable String after);

    /** What a log-in with {@code email} (lower case) is checked against, if such a user can log in. */
    Optional<Credentials> credentials(String email);

    /**
     * Ends every key and log-in of a user; false when there is no such user, be it one who is being erased. Erasing the
     * data is the store's.
     */
    boolean endAccess(UUID userId);

    /** Makes a key; empty when {@code userId} names no user. */
    Optional<ApiKey> addKey(NewKey key);

    /** The key {@code id}, if there is one that is not revoked. */
    Optional<ApiKey> key(UUID id);

    /** All keys that are not revoked, by id; {@code after} is a page's {@link Page#next} or null. */
    Page<ApiKey> keys(int limit, @Nullable String after);

    /** Revokes a key; false when there is none. */
    boolean removeKey(UUID id);

    /** Keeps the hash of a log-in token or one-time code of a user; false when there is no such user. */
    boolean addSecret(UUID userId, SecretHash hash, SecretKind kind, Instant expiresAt);

    /** Uses up a one-time code: whose it was, if it was good. */
    Optional<UUID> takeCode(SecretHash hash);

    /** Voids a log-in token; false when there is none. */
    boolean removeToken(SecretHash hash);

    /** Whom the secret of this SHA-256 stands for; empty for an unknown, revoked or expired one. */
    Optional<Principal> principal(SecretHash hash);

    /**
     * Makes the account {@link #ADMIN_ID} if it is not there.
     *
     * @return whether there is an admin key
     */
    boolean ensureAdmin();
}
