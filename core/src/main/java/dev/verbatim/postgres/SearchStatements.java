package dev.verbatim.postgres;

import java.util.UUID;

/** What is asked for a search. */
final class SearchStatements {
    /** Of more matches the newest are ranked. */
    static final int MOST_RANKED = 1_000;

    /** So many messages that are not indexed yet a search looks at. */
    static final int MOST_NOT_INDEXED = 1_000;

    /** Among so many of the newest messages it is seen how common a word is. */
    static final int SAMPLE = 1_001;

    /** How far back matches are looked for without the index: beyond that the index is quicker. */
    static final int MOST_NEWEST = 20_000;

    /** Messages stored together have one time, and each page must choose the same ones. */
    private static final String NEWEST_FIRST = "created_at DESC, seq DESC, conversation_id";

    /** Where a message is. */
    record Place(UUID conversation, long seq) {}

    /**
     * The conversations that the index is behind of. {@code indexed}: messages above it are not indexed; below 0 when any
     * may not be. {@code missed}: the change log does not tell of it, or did so long ago.
     */
    static final String NOT_INDEXED = """
            SELECT c.id, c.external_id, c.title, (extract(epoch FROM c.created_at) * 1000000)::bigint AS created_us,
              CASE WHEN s.id IS NULL THEN 0 WHEN s.gen = c.gen THEN s.seq ELSE -1 END AS indexed,
              (c.last_seq = 0 OR (s.gen = c.gen AND s.seq = c.last_seq) IS TRUE
                  OR c.updated_at < now() - interval '10 seconds')
                AND NOT EXISTS (SELECT FROM search_queue q WHERE q.user_id = c.user_id AND q.id = c.id) AS missed
            FROM conversations c LEFT JOIN search_conversations s ON s.user_id = c.user_id AND s.id = c.id
            WHERE c.user_id = ? AND c.active_minute > '-infinity' AND (s.id IS NULL OR s.gen <> c.gen OR s.seq <> c.last_seq
              OR s.title IS DISTINCT FROM c.title)
            ORDER BY c.active_minute DESC LIMIT %d
            """.formatted(MOST_NOT_INDEXED + 1);

    static final String NOT_INDEXED_MESSAGES = """
            SELECT %s FROM (SELECT ?::uuid AS user_id, k.* FROM unnest(?::uuid[], ?::bigint[]) AS k (id, indexed)) k
            CROSS JOIN LATERAL (
              SELECT m.* FROM messages m
              WHERE m.user_id = k.user_id AND m.conversation_id = k.id AND m.seq > k.indexed
                AND (k.indexed >= 0 OR NOT EXISTS (
                  SELECT FROM search_messages x WHERE x.user_id = m.user_id AND x.conversation_id = m.conversation_id
                    AND x.seq = m.seq AND x.version = m.xmin::text::bigint))
              ORDER BY m.seq DESC LIMIT %2$d) m
            LIMIT %2$d
            """.formatted(Columns.MESSAGE, MOST_NOT_INDEXED + 1);

    static final String ENQUEUE = """
            WITH added AS (
              INSERT INTO search_queue (user_id, id)
              SELECT c.user_id, c.id FROM conversations c WHERE c.user_id = ? AND c.id = ANY (?::uuid[])
              FOR KEY SHARE SKIP LOCKED
              ON CONFLICT DO NOTHING RETURNING 1)
            SELECT count(*) FROM added
            """;

    /** The owner is compared as text, so that only the index of words is used: its words are this owner's. */
    static final String TITLES = """
            SELECT c.id, c.external_id, c.title, (extract(epoch FROM c.created_at) * 1000000)::bigint AS created_us
            FROM search_conversations s JOIN conversations c ON c.user_id = s.user_id AND c.id = s.id
            WHERE s.title_words @@ ?::tsquery AND s.user_id::text = ?
            ORDER BY c.updated_at DESC LIMIT %d
            """.formatted(MOST_RANKED);

    /**
     * How many of the newest messages match. The function is what the operator calls, and no index is used for it; in a
     * query of its own the words are read once, not for each message.
     */
    static final String COMMON = """
            SELECT count(*) FILTER (WHERE ts_match_vq(words, (SELECT ?::tsquery))) AS matching, count(*) AS looked_at
            FROM (SELECT words FROM search_messages WHERE user_id = ? ORDER BY created_at DESC LIMIT %d) newest
            """.formatted(SAMPLE);

    /** The matches among the newest messages, newest first. */
    static final String AMONG_NEWEST = """
            SELECT conversation_id, seq FROM (
              SELECT conversation_id, seq, words, created_at FROM search_messages WHERE user_id = ?
              ORDER BY created_at DESC LIMIT ?) newest
            WHERE ts_match_vq(words, (SELECT ?::tsquery)) ORDER BY %s LIMIT %d
            """.formatted(NEWEST_FIRST, MOST_RANKED);

    static final String NEWEST = """
            SELECT conversation_id, seq FROM search_messages
            WHERE words @@ ?::tsquery AND user_id::text = ? ORDER BY %s LIMIT %d
            """.formatted(NEWEST_FIRST, MOST_RANKED);

    static final String MESSAGES = """
            SELECT %s FROM (
              SELECT ?::uuid AS user_id, k.* FROM unnest(?::uuid[], ?::bigint[]) AS k (conversation_id, seq)) k
            JOIN messages m ON m.user_id = k.user_id AND m.conversation_id = k.conversation_id AND m.seq = k.seq
            """.formatted(Columns.MESSAGE);

    /** What the conversations of a page are called. */
    static final String HEADS = """
            SELECT c.id, c.external_id, c.title FROM unnest(?::uuid[]) AS k (id)
            JOIN conversations c ON c.user_id = ? AND c.id = k.id
            """;

    private SearchStatements() {}
}
