package dev.verbatim.postgres;

import dev.verbatim.MessageRow;
import dev.verbatim.MessageText;
import dev.verbatim.search.Candidate;
import dev.verbatim.search.Found;
import dev.verbatim.search.IndexWords;
import dev.verbatim.search.Ranking;
import dev.verbatim.search.SearchQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/**
 * Finds texts and has them ranked. What is not indexed yet is read first: between two statements a message may come into the
 * index, never out of it. All that is given to the ranking is read from the messages themselves. Thread-safe.
 */
final class SearchReads {
    private final Database database;

    SearchReads(Database database) {
        this.database = database;
    }

    Found search(UUID owner, SearchQuery query) {
        Ranking ranking = new Ranking(query);
        boolean unsearched = notIndexed(owner, ranking);
        String words = IndexWords.query(owner, query.words());
        titles(owner, words, ranking);
        messages(owner, words, ranking);
        return new Found(ranking.page(), unsearched);
    }

    /** Looks at what is not indexed, up to a limit; true when there is more. */
    private boolean notIndexed(UUID owner, Ranking ranking) {
        List<UUID> ids = new ArrayList<>();
        List<Long> indexed = new ArrayList<>();
        List<UUID> missed = new ArrayList<>();
        boolean tooMany =
                database.query(SearchStatements.NOT_INDEXED, statement -> statement.setObject(1, owner), row -> {
                    while (row.next()) {
                        UUID id = row.getObject("id", UUID.class);
                        addTitle(row, ranking);
                        ids.add(id);
                        indexed.add(row.getLong("indexed"));
                        if (row.getBoolean("missed")) {
                            missed.add(id);
                        }
                    }
                    return ids.size() > SearchStatements.MOST_NOT_INDEXED;
                });
        if (ids.isEmpty()) {
            return false;
        }
        enqueue(owner, missed);
        int messages = database.query(
                SearchStatements.NOT_INDEXED_MESSAGES,
                statement -> {
                    statement.setObject(1, owner);
                    statement.setArray(2, Columns.uuids(statement.getConnection(), ids, id -> id));
                    statement.setArray(3, Columns.array(statement.getConnection(), "int8", indexed, seq -> seq));
                },
                row -> addMessages(row, ranking));
        return tooMany || messages > SearchStatements.MOST_NOT_INDEXED;
    }

    /** What changes no message, as a new title, the change log does not tell of: who meets it says it. */
    private void enqueue(UUID owner, List<UUID> missed) {
        if (!missed.isEmpty()) {
            database.query(
                    SearchStatements.ENQUEUE,
                    statement -> {
                        statement.setObject(1, owner);
                        statement.setArray(2, Columns.uuids(statement.getConnection(), missed, id -> id));
                    },
                    ResultSet::next);
        }
    }

    private void titles(UUID owner, String words, Ranking ranking) {
        database.query(
                SearchStatements.TITLES,
                statement -> {
                    statement.setString(1, words);
                    statement.setString(2, owner.toString());
                },
                row -> {
                    while (row.next()) {
                        addTitle(row, ranking);
                    }
                    return true;
                });
    }

    /** A rare word's messages all; of a common one's those among the newest, then, if that is too few, the newest. */
    private void messages(UUID owner, String words, Ranking ranking) {
        List<SearchStatements.Place> places = places(SearchStatements.SOME, words, owner.toString(), null);
        if (places.size() > SearchStatements.MOST_RANKED) {
            places = places(SearchStatements.AMONG_NEWEST, null, owner, words);
            if (places.size() < SearchStatements.MOST_RANKED) {
                places = places(SearchStatements.NEWEST, words, owner.toString(), null);
            }
        }
        List<SearchStatements.Place> all = places;
        if (!all.isEmpty()) {
            database.query(
                    SearchStatements.MESSAGES,
                    statement -> {
                        statement.setObject(1, owner);
                        statement.setArray(
                                2, Columns.uuids(statement.getConnection(), all, SearchStatements.Place::conversation));
                        statement.setArray(
                                3, Columns.array(statement.getConnection(), "int8", all, SearchStatements.Place::seq));
                    },
                    row -> addMessages(row, ranking));
        }
    }

    private List<SearchStatements.Place> places(
            String sql, @Nullable String before, Object owner, @Nullable String behind) {
        return database.query(
                sql,
                statement -> {
                    int next = 1;
                    if (before != null) {
                        statement.setString(next++, before);
                    }
                    statement.setObject(next++, owner);
                    if (behind != null) {
                        statement.setString(next, behind);
                    }
                },
                row -> {
                    List<SearchStatements.Place> places = new ArrayList<>();
                    while (row.next()) {
                        places.add(new SearchStatements.Place(
                                row.getObject("conversation_id", UUID.class), row.getLong("seq")));
                    }
                    return places;
                });
    }

    private static void addTitle(ResultSet row, Ranking ranking) throws SQLException {
        @Nullable String title = row.getString("title");
        if (title != null) {
            ranking.add(new Candidate(
                    row.getObject("id", UUID.class),
                    row.getString("external_id"),
                    title,
                    null,
                    0,
                    null,
                    title,
                    Columns.time(row.getLong("created_us"))));
        }
    }

    /** Gives how many there were. */
    private static int addMessages(ResultSet row, Ranking ranking) throws SQLException {
        int count = 0;
        while (row.next()) {
            MessageRow message = Columns.message(row);
            ranking.add(new Candidate(
                    message.conversation(),
                    row.getString("external_id"),
                    row.getString("title"),
                    message.id(),
                    message.seq(),
                    message.role(),
                    MessageText.all(message.body()),
                    message.createdAt()));
            count++;
        }
        return count;
    }
}
