package dev.verbatim.postgres;

import dev.verbatim.Claim;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;

/** What {@link EffectMark} is for one change, for the appends of a batch; one without a claim costs nothing. */
final class EffectMarks {
    private static final String HOLD = """
            SELECT r.seed, r.done FROM kept_requests r
            JOIN unnest(?::uuid[], ?::text[], ?::uuid[]) AS k (user_id, id, seed)
              ON r.user_id = k.user_id AND r.id = decode(k.id, 'hex') AND r.seed = k.seed
            ORDER BY r.user_id, r.id FOR UPDATE OF r
            """;

    private static final String MARK = """
            UPDATE kept_requests r SET done = true
            FROM unnest(?::uuid[], ?::text[], ?::uuid[]) AS k (user_id, id, seed)
            WHERE r.user_id = k.user_id AND r.id = decode(k.id, 'hex') AND r.seed = k.seed
            """;

    private EffectMarks() {}

    /** Holds the marks of {@code requests}; gives the seeds of those that are set already. */
    static Set<UUID> held(Transactions.Transaction transaction, Collection<AppendRequest> requests)
            throws SQLException {
        List<Claim> claims = claims(requests);
        Set<UUID> done = new HashSet<>();
        if (claims.isEmpty()) {
            return done;
        }
        try (PreparedStatement hold = bound(transaction.connection(), HOLD, claims);
                ResultSet row = hold.executeQuery()) {
            while (row.next()) {
                if (row.getBoolean("done")) {
                    done.add(row.getObject("seed", UUID.class));
                }
            }
        }
        return done;
    }

    /** Sets the marks of {@code requests}. */
    static void write(Transactions.Transaction transaction, Collection<AppendRequest> requests) throws SQLException {
        List<Claim> claims = claims(requests);
        if (!claims.isEmpty()) {
            try (PreparedStatement mark = bound(transaction.connection(), MARK, claims)) {
                mark.executeUpdate();
            }
        }
    }

    private static List<Claim> claims(Collection<AppendRequest> requests) {
        List<Claim> claims = new ArrayList<>();
        for (AppendRequest request : requests) {
            Claim claim = request.claim();
            if (claim != null) {
                claims.add(claim);
            }
        }
        return claims;
    }

    private static PreparedStatement bound(Connection connection, String sql, List<Claim> claims) throws SQLException {
        PreparedStatement statement = connection.prepareStatement(sql);
        statement.setArray(1, Columns.uuids(connection, claims, Claim::owner));
        statement.setArray(2, Columns.array(connection, ArrayType.TEXT, claims, Claim::id));
        statement.setArray(3, Columns.uuids(connection, claims, Claim::seed));
        return statement;
    }
}
