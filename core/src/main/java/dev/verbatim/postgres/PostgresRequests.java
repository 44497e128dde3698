package dev.verbatim.postgres;

import dev.verbatim.Claim;
import dev.verbatim.ConversationKey;
import dev.verbatim.KeptAnswer;
import dev.verbatim.Owner;
import dev.verbatim.RepeatableRequest;
import dev.verbatim.Requests;
import dev.verbatim.UnavailableException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.Optional;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Requests in PostgreSQL. To be closed before the connections are. Thread-safe. */
public final class PostgresRequests implements Requests, AutoCloseable {
    /** Who is erased and made known again each time it is looked at waits no longer. */
    private static final int MOST_LOOKS = 10;

    private final Database database;
    private final RequestKeeper keeper;

    PostgresRequests(Database database) {
        this.database = database;
        this.keeper = new RequestKeeper(database);
    }

    @Override
    public Standing claim(RepeatableRequest request) {
        UUID seed = UUID.randomUUID();
        UUID holder = UUID.randomUUID();
        for (int look = 0; look < MOST_LOOKS; look++) {
            Optional<Claim> mine = take(request, seed, holder);
            if (mine.isPresent()) {
                keeper.add(mine.get());
                return new Turn(mine.get(), mine.get().seed().equals(seed));
            }
            Optional<Standing> standing = look(request);
            if (standing.isPresent()) {
                return standing.get();
            }
        }
        throw new UnavailableException("this request is being changed again and again; try later", null);
    }

    private Optional<Claim> take(RepeatableRequest request, UUID seed, UUID holder) {
        UUID owner = request.owner().id();
        return database.query(
                RequestStatements.CLAIM,
                statement -> {
                    statement.setString(1, request.id());
                    statement.setString(2, request.content());
                    statement.setObject(3, seed);
                    statement.setObject(4, holder);
                    statement.setDouble(5, (double) request.kept().toSeconds());
                    statement.setObject(6, owner);
                    for (int i = 7; i <= 10; i++) {
                        statement.setBoolean(i, request.first());
                    }
                },
                row -> row.next()
                        ? Optional.of(new Claim(
                                owner, request.id(), row.getObject("seed", UUID.class), holder, row.getBoolean("done")))
                        : Optional.empty());
    }

    /** Why it could not be taken; nothing when it can be tried again. */
    private Optional<Standing> look(RepeatableRequest request) {
        boolean known = database.query(
                "SELECT FROM users WHERE id = ?",
                statement -> statement.setObject(1, request.owner().id()),
                ResultSet::next);
        if (!known) {
            makeKnown(request.owner());
            return Optional.empty();
        }
        return database.query(
                RequestStatements.LOOK,
                statement -> {
                    statement.setString(1, request.content());
                    statement.setString(2, request.id());
                    statement.setObject(3, request.owner().id());
                },
                row -> row.next() ? standing(request, row) : Optional.empty());
    }

    private void makeKnown(Owner owner) {
        if (owner.namespace() == null) {
            throw NewRow.noSuchUser(owner.id());
        }
        database.query(
                RequestStatements.MAKE_USER,
                statement -> {
                    statement.setObject(1, owner.id());
                    statement.setString(2, owner.namespace());
                    statement.setString(3, owner.name());
                },
                ResultSet::next);
    }

    private static Optional<Standing> standing(RepeatableRequest request, ResultSet row) throws SQLException {
        if (row.getBoolean("erased")) {
            return Optional.of(new Gone());
        }
        @Nullable UUID seed = row.getObject("seed", UUID.class);
        if (seed == null) {
            return Optional.empty();
        }
        if (!row.getBoolean("same")) {
            return Optional.of(new Different());
        }
        if (row.getBoolean("gone")) {
            return Optional.of(new Gone());
        }
        if (row.getObject("status") == null) {
            return Optional.of(new UnderWay());
        }
        UUID nobody = new UUID(0, 0);
        Claim claim = new Claim(request.owner().id(), request.id(), seed, nobody, row.getBoolean("done"));
        return Optional.of(new Answered(claim, RequestStatements.answer(row)));
    }

    @Override
    public Optional<KeptAnswer> keep(Claim claim, KeptAnswer answer, @Nullable ConversationKey conversation) {
        keeper.remove(claim);
        boolean kept = database.query(
                RequestStatements.KEEP,
                statement -> RequestStatements.bindKeep(statement, claim, answer, conversation),
                ResultSet::next);
        return kept
                ? Optional.of(answer)
                : database.query(
                        RequestStatements.KEPT,
                        statement -> RequestStatements.bindClaim(statement, 1, claim),
                        row -> row.next() ? RequestStatements.answer(row) : Optional.empty());
    }

    @Override
    public void release(Claim claim) {
        end(RequestStatements.RELEASE, claim);
    }

    /** What took effect all the same is only released. */
    @Override
    public void forget(Claim claim) {
        if (!end(RequestStatements.FORGET, claim)) {
            release(claim);
        }
    }

    private boolean end(String sql, Claim claim) {
        keeper.remove(claim);
        return database.query(
                sql,
                statement -> {
                    RequestStatements.bindClaim(statement, 1, claim);
                    statement.setObject(4, claim.holder());
                },
                ResultSet::next);
    }

    /** Takes away all that have expired, as happens by itself now and then. */
    void trim() {
        keeper.trim();
    }

    @Override
    public void close() {
        keeper.close();
    }
}
