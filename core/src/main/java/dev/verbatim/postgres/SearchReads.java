package dev.verbatim.postgres;

import dev.verbatim.MessageRow;
import dev.verbatim.MessageText;
import dev.verbatim.search.Candidate;
import dev.verbatim.search.Found;
import dev.verbatim.search.Head;
import dev.verbatim.search.IndexWords;
import dev.verbatim.search.Ranking;
import dev.verbatim.search.SearchQuery;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
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
        return new Found(ranking.page(shown -> heads(owner, shown)), unsearched);
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
                    statement.setArray(
                            3, Columns.array(statement.getConnection(), ArrayType.INT8, indexed, seq -> seq));
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

    private void messages(UUID owner, String words, Ranking ranking) {
        List<SearchStatements.Place> places = matches(owner, words);
        if (!places.isEmpty()) {
            database.query(
                    SearchStatements.MESSAGES,
                    statement -> {
                        statement.setObject(1, owner);
                        statement.setArray(
                                2,
                                Columns.uuids(statement.getConnection(), places, SearchStatements.Place::conversation));
                        statement.setArray(
                                3,
                                Columns.array(
                                        statement.getConnection(),
                                        ArrayType.INT8,
                                        places,
                                        SearchStatements.Place::seq));
                    },
                    row -> addMessages(row, ranking));
        }
    }

    /** A rare word's messages all, by the index; of a common one's the newest, and the index is not asked for the rest. */
    private List<SearchStatements.Place> matches(UUID owner, String words) {
        int window = window(owner, words);
        if (window <= SearchStatements.MOST_NEWEST) {
            List<SearchStatements.Place> newest = database.query(
                    SearchStatements.AMONG_NEWEST,
                    statement -> {
                        statement.setObject(1, owner);
                        statement.setInt(2, window);
                        statement.setString(3, words);
                    },
                    SearchReads::places);
            if (newest.size() == SearchStatements.MOST_RANKED) {
                return newest;
            }
        }
        return database.query(
                SearchStatements.NEWEST,
                statement -> {
                    statement.setString(1, words);
                    statement.setString(2, owner.toString());
                },
                SearchReads::places);
    }

    /** Among how many of the newest messages there are probably enough matches; very many when there may be too few of all. */
    private int window(UUID owner, String words) {
        return database.query(
                SearchStatements.COMMON,
                statement -> {
                    statement.setString(1, words);
                    statement.setObject(2, owner);
                },
                row -> {
                    row.next();
                    int matching = row.getInt("matching");
                    return matching == 0 || row.getInt("looked_at") < SearchStatements.SAMPLE
                            ? Integer.MAX_VALUE
                            : SearchStatements.MOST_RANKED * SearchStatements.SAMPLE / matching * 5 / 4;
                });
    }

    private static List<SearchStatements.Place> places(ResultSet row) throws SQLException {
        List<SearchStatements.Place> places = new ArrayList<>();
        while (row.next()) {
            places.add(new SearchStatements.Place(row.getObject("conversation_id", UUID.class), row.getLong("seq")));
        }
        return places;
    }

    /** Those that are gone by now have none. */
    private Map<UUID, Head> heads(UUID owner, Collection<UUID> conversations) {
        return database.query(
                SearchStatements.HEADS,
                statement -> {
                    statement.setArray(1, Columns.uuids(statement.getConnection(), conversations, id -> id));
                    statement.setObject(2, owner);
                },
                row -> {
                    Map<UUID, Head> heads = new HashMap<>();
                    while (row.next()) {
                        heads.put(
                                row.getObject("id", UUID.class),
                                new Head(row.getString("external_id"), row.getString("title")));
                    }
                    return heads;
                });
    }

    private static void addTitle(ResultSet row, Ranking ranking) throws SQLException {
        @Nullable String title = row.getString("title");
        if (title != null) {
            ranking.add(new Candidate(
                    row.getObject("id", UUID.class), null, 0, null, title, Columns.time(row.getLong("created_us"))));
        }
    }

    /** Gives how many there were. */
    private static int addMessages(ResultSet row, Ranking ranking) throws SQLException {
        int count = 0;
        while (row.next()) {
            MessageRow message = Columns.message(row);
            ranking.add(new Candidate(
                    message.conversation(),
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
