package dev.verbatim.postgres;

import dev.verbatim.Claim;
import dev.verbatim.ConversationKey;
import dev.verbatim.KeptAnswer;
import dev.verbatim.Requests;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Objects;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * The statements on {@code kept_requests}. Time is PostgreSQL's everywhere, for that of two servers differs. Each
 * statement may be run again when its answer was lost.
 */
final class RequestStatements {
    /** For how long a try counts as alive that does not say so again. */
    private static final String LEASE = "interval '5 seconds'";

    private static final String OVER = "(r.expires_at <= now() AND r.held_until <= now())";

    /** The user's row is shared, so that it is not marked as erased meanwhile. */
    static final String CLAIM = """
            INSERT INTO kept_requests AS r (user_id, id, content, seed, holder, held_until, expires_at)
            SELECT u.id, decode(?, 'hex'), decode(?, 'hex'), ?, ?, now() + %1$s, now() + make_interval(secs => ?)
            FROM users u WHERE u.id = ? AND u.erased_at IS NULL FOR SHARE
            ON CONFLICT (user_id, id) DO UPDATE SET
              content = excluded.content, holder = excluded.holder, held_until = excluded.held_until,
              seed = CASE WHEN ? OR %2$s THEN excluded.seed ELSE r.seed END,
              expires_at = CASE WHEN ? OR %2$s THEN excluded.expires_at ELSE r.expires_at END,
              done = NOT ? AND NOT %2$s AND r.done,
              gone = false, status = NULL, headers = NULL, answer = NULL, conversation_id = NULL
            WHERE ? OR %2$s OR (r.content = excluded.content AND r.status IS NULL AND NOT r.gone
              AND (r.held_until <= now() OR r.holder = excluded.holder))
            RETURNING seed, done
            """.formatted(LEASE, OVER);

    static final String LOOK = """
            SELECT u.erased_at IS NOT NULL AS erased, r.seed, r.done, r.gone, r.status, r.headers, r.answer,
              r.content = decode(?, 'hex') AS same
            FROM users u LEFT JOIN kept_requests r ON r.user_id = u.id AND r.id = decode(?, 'hex')
            WHERE u.id = ?
            """;

    static final String MAKE_USER = """
            INSERT INTO users (id, namespace, name) VALUES (?, ?, ?) ON CONFLICT (id) DO NOTHING RETURNING id
            """;

    /**
     * The conversation is held, as whoever deletes it does: so the answer goes with it, whichever is first. One that was slow
     * is kept a minute at least: its sender may have lost patience just now.
     */
    static final String KEEP = """
            UPDATE kept_requests r
            SET status = ?, headers = ?, answer = ?, conversation_id = ?, holder = NULL, held_until = now(),
              expires_at = greatest(r.expires_at, now() + interval '1 minute')
            WHERE r.user_id = ? AND r.id = decode(?, 'hex') AND r.seed = ? AND r.status IS NULL AND NOT r.gone
              AND (?::uuid IS NULL
                OR EXISTS (SELECT FROM conversations c WHERE c.user_id = r.user_id AND c.id = ?::uuid FOR KEY SHARE))
            RETURNING r.id
            """;

    static final String KEPT = """
            SELECT status, headers, answer FROM kept_requests
            WHERE user_id = ? AND id = decode(?, 'hex') AND seed = ? AND answer IS NOT NULL
            """;

    static final String RELEASE = """
            UPDATE kept_requests SET holder = NULL, held_until = now()
            WHERE user_id = ? AND id = decode(?, 'hex') AND seed = ? AND holder = ? RETURNING id
            """;

    static final String FORGET = """
            DELETE FROM kept_requests
            WHERE user_id = ? AND id = decode(?, 'hex') AND seed = ? AND holder = ? AND NOT done AND status IS NULL
            RETURNING id
            """;

    /** One that is locked is just being worked at, and will be renewed the next time. */
    static final String RENEW = """
            UPDATE kept_requests r SET held_until = now() + %s
            FROM (
              SELECT h.user_id, h.id FROM kept_requests h
              JOIN unnest(?::uuid[], ?::text[], ?::uuid[]) AS k (user_id, id, holder)
                ON h.user_id = k.user_id AND h.id = decode(k.id, 'hex') AND h.holder = k.holder
              FOR UPDATE OF h SKIP LOCKED) AS alive
            WHERE r.user_id = alive.user_id AND r.id = alive.id RETURNING r.id
            """.formatted(LEASE);

    /** Few at a time, for answers may be large. */
    static final String TRIM = """
            DELETE FROM kept_requests r USING (
              SELECT user_id, id FROM kept_requests WHERE expires_at <= now() AND held_until <= now()
              ORDER BY expires_at LIMIT 200 FOR UPDATE SKIP LOCKED) AS old
            WHERE r.user_id = old.user_id AND r.id = old.id RETURNING r.id
            """;

    private RequestStatements() {}

    static void bindClaim(PreparedStatement statement, int at, Claim claim) throws SQLException {
        statement.setObject(at, claim.owner());
        statement.setString(at + 1, claim.id());
        statement.setObject(at + 2, claim.seed());
    }

    static void bindKeep(
            PreparedStatement statement, Claim claim, KeptAnswer answer, @Nullable ConversationKey conversation)
            throws SQLException {
        @Nullable UUID shown = conversation == null ? null : conversation.id();
        statement.setInt(1, answer.status());
        statement.setString(2, answer.headers());
        statement.setBytes(3, answer.body().length > Requests.MOST_BYTES ? null : answer.body());
        statement.setObject(4, shown);
        bindClaim(statement, 5, claim);
        statement.setObject(8, shown);
        statement.setObject(9, shown);
    }

    /** The row's answer; empty when it has none, or one too large. */
    static Optional<KeptAnswer> answer(ResultSet row) throws SQLException {
        byte @Nullable [] body = row.getBytes("answer");
        return body == null
                ? Optional.empty()
                : Optional.of(
                        new KeptAnswer(row.getInt("status"), Objects.requireNonNull(row.getString("headers")), body));
    }
}
