package dev.verbatim.postgres;

import dev.verbatim.Accounts.ApiKey;
import dev.verbatim.Accounts.Principal;
import dev.verbatim.Accounts.Role;
import dev.verbatim.Accounts.User;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** The rows of users and keys, as the rest knows them. */
final class AccountRows {
    static final String USER = "id, email, namespace, name, dept_id, role, created_at";
    static final String KEY = "id, prefix, name, role, namespace, user_id, created_at, expires_at";

    /** Makes something of the row a result set stands on. */
    interface Mapper<T> {
        T map(ResultSet row) throws SQLException;
    }

    private AccountRows() {}

    static User user(ResultSet row) throws SQLException {
        return new User(
                row.getObject("id", UUID.class),
                row.getString("email"),
                row.getString("namespace"),
                row.getString("name"),
                row.getString("dept_id"),
                role(row),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }

    static ApiKey key(ResultSet row) throws SQLException {
        return new ApiKey(
                row.getObject("id", UUID.class),
                row.getString("prefix"),
                row.getString("name"),
                role(row),
                row.getString("namespace"),
                row.getObject("user_id", UUID.class),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                time(row.getObject("expires_at", OffsetDateTime.class)));
    }

    static Principal principal(ResultSet row) throws SQLException {
        return new Principal(
                row.getObject("user_id", UUID.class), role(row), row.getString("namespace"), row.getBoolean("login"));
    }

    private static Role role(ResultSet row) throws SQLException {
        return Role.of(row.getString("role")).orElseThrow(() -> new SQLException("no such role"));
    }

    private static @Nullable Instant time(@Nullable OffsetDateTime time) {
        return time == null ? null : time.toInstant();
    }
}
