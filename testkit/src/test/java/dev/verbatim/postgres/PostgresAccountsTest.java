package dev.verbatim.postgres;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.verbatim.Accounts;
import dev.verbatim.Accounts.ApiKey;
import dev.verbatim.Accounts.NewKey;
import dev.verbatim.Accounts.NewUser;
import dev.verbatim.Accounts.Principal;
import dev.verbatim.Accounts.Role;
import dev.verbatim.Accounts.SecretKind;
import dev.verbatim.Accounts.User;
import dev.verbatim.InvalidInputException;
import dev.verbatim.Page;
import dev.verbatim.SecretHash;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

final class PostgresAccountsTest {
    private final TestLog test = TestLog.open();
    private final Accounts accounts = test.log().accounts();

    @AfterEach
    void close() {
        test.close();
    }

    @Test
    void anEmailBelongsToOneUser() {
        User user = user("a@example.org");
        assertThat(user.email()).isEqualTo("a@example.org");
        assertThat(accounts.addUser(new NewUser("a@example.org", "other", null, Role.ADMIN)))
                .isEmpty();
        assertThat(accounts.user(user.id())).contains(user);
        assertThat(accounts.user(UUID.randomUUID())).isEmpty();
        assertThat(accounts.credentials("a@example.org").orElseThrow().userId()).isEqualTo(user.id());
        assertThat(accounts.credentials("a@example.org").orElseThrow().passwordHash())
                .isEqualTo("hash");
        assertThat(accounts.credentials("b@example.org")).isEmpty();
    }

    @Test
    void listsEachUserAndKeyOnceOverThePages() {
        List<UUID> users =
                IntStream.range(0, 7).mapToObj(i -> user("u" + i).id()).toList();
        List<UUID> listed = new ArrayList<>();
        @Nullable String next = null;
        do {
            Page<User> page = accounts.users(3, next);
            page.data().forEach(u -> listed.add(u.id()));
            next = page.next();
        } while (next != null);
        assertThat(listed).containsExactlyInAnyOrderElementsOf(users);
        List<UUID> keys = IntStream.range(0, 3)
                .mapToObj(i -> key("k" + i, Role.SERVICE, null, null).id())
                .toList();
        Page<ApiKey> first = accounts.keys(2, null);
        Page<ApiKey> second = accounts.keys(2, first.next());
        assertThat(second.next()).isNull();
        assertThat(first.data()).hasSize(2);
        assertThat(second.data()).hasSize(1);
        assertThat(keys).contains(second.data().getFirst().id());
        assertThatThrownBy(() -> accounts.users(3, "x")).isInstanceOf(InvalidInputException.class);
    }

    @Test
    void aKeyStandsForItsRoleUntilItExpiresOrIsRevoked() throws SQLException {
        User user = user("a");
        ApiKey service = key("secret", Role.SERVICE, null, Instant.now().plus(Duration.ofHours(1)));
        key("own", Role.USER, user.id(), null);
        key("old", Role.ADMIN, null, Instant.now().minusSeconds(1));
        assertThat(accounts.principal(SecretHash.of("secret")))
                .contains(new Principal(null, Role.SERVICE, "space", false));
        assertThat(accounts.principal(SecretHash.of("own")))
                .contains(new Principal(user.id(), Role.USER, "space", false));
        assertThat(accounts.principal(SecretHash.of("old"))).isEmpty();
        assertThat(accounts.principal(SecretHash.of("other"))).isEmpty();
        assertThat(accounts.key(service.id())).contains(service);
        assertThat(accounts.removeKey(service.id())).isTrue();
        assertThat(accounts.removeKey(service.id())).isFalse();
        assertThat(accounts.key(service.id())).isEmpty();
        assertThat(accounts.principal(SecretHash.of("secret"))).isEmpty();
        assertThat(changes("key")).isEqualTo(1);
    }

    @Test
    void aKeyForNobodyIsNotMade() {
        assertThat(accounts.addKey(newKey("x", Role.USER, UUID.randomUUID(), null)))
                .isEmpty();
        assertThat(accounts.principal(SecretHash.of("x"))).isEmpty();
    }

    @Test
    void aTokenIsGoodUntilItExpiresOrIsVoided() {
        User user = user("a");
        accounts.addSecret(
                user.id(), SecretHash.of("t"), SecretKind.TOKEN, Instant.now().plusSeconds(60));
        accounts.addSecret(
                user.id(),
                SecretHash.of("late"),
                SecretKind.TOKEN,
                Instant.now().minusSeconds(1));
        assertThat(accounts.principal(SecretHash.of("t")))
                .contains(new Principal(user.id(), Role.USER, "default", true));
        assertThat(accounts.principal(SecretHash.of("late"))).isEmpty();
        assertThat(accounts.takeCode(SecretHash.of("t"))).isEmpty();
        assertThat(accounts.removeToken(SecretHash.of("t"))).isTrue();
        assertThat(accounts.removeToken(SecretHash.of("t"))).isFalse();
        assertThat(accounts.principal(SecretHash.of("t"))).isEmpty();
    }

    @Test
    void aCodeIsGoodOnce() {
        User user = user("a");
        accounts.addSecret(
                user.id(), SecretHash.of("c"), SecretKind.CODE, Instant.now().plusSeconds(60));
        accounts.addSecret(
                user.id(), SecretHash.of("late"), SecretKind.CODE, Instant.now().minusSeconds(1));
        assertThat(accounts.principal(SecretHash.of("c"))).isEmpty();
        assertThat(accounts.takeCode(SecretHash.of("late"))).isEmpty();
        assertThat(accounts.takeCode(SecretHash.of("c"))).contains(user.id());
        assertThat(accounts.takeCode(SecretHash.of("c"))).isEmpty();
    }

    @Test
    void endingAccessEndsEveryKeyAndLogin() throws SQLException {
        User user = user("a");
        key("k", Role.USER, user.id(), null);
        accounts.addSecret(
                user.id(), SecretHash.of("t"), SecretKind.TOKEN, Instant.now().plusSeconds(60));
        assertThat(accounts.endAccess(user.id())).isTrue();
        assertThat(accounts.principal(SecretHash.of("k"))).isEmpty();
        assertThat(accounts.principal(SecretHash.of("t"))).isEmpty();
        assertThat(changes("user")).isEqualTo(1);
        assertThat(accounts.endAccess(UUID.randomUUID())).isFalse();
    }

    @Test
    void theAdminIsMadeOnceAndSaysWhetherThereIsAnAdminKey() {
        assertThat(accounts.ensureAdmin()).isFalse();
        assertThat(accounts.ensureAdmin()).isFalse();
        key("k", Role.ADMIN, null, null);
        assertThat(accounts.ensureAdmin()).isTrue();
        assertThat(accounts.user(Accounts.ADMIN_ID).orElseThrow().role()).isEqualTo(Role.ADMIN);
    }

    private User user(String email) {
        return accounts.addUser(new NewUser(email, "hash", "dept", Role.USER)).orElseThrow();
    }

    private ApiKey key(String secret, Role role, @Nullable UUID user, @Nullable Instant expiresAt) {
        return accounts.addKey(newKey(secret, role, user, expiresAt)).orElseThrow();
    }

    private static NewKey newKey(String secret, Role role, @Nullable UUID user, @Nullable Instant expiresAt) {
        return new NewKey(SecretHash.of(secret), "vbt_", "a key", role, "space", user, expiresAt);
    }

    private long changes(String kind) throws SQLException {
        return test.number("SELECT count(*) FROM change_log WHERE kind = '" + kind + "'");
    }
}
