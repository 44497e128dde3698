package dev.verbatim.postgres;

import dev.verbatim.ConversationKey;
import java.time.Instant;

/**
 * A conversation's row as a transaction holds it.
 *
 * @param key the conversation
 * @param place where the row is in its table, until the transaction changes it
 * @param epoch the cache's epoch
 * @param gen its generation
 * @param lastSeq its newest number
 * @param untitled whether it has no title
 * @param now PostgreSQL's clock after the row was locked
 * @param xid the transaction's id, as text
 */
record LockedRow(
        ConversationKey key,
        String place,
        long epoch,
        long gen,
        long lastSeq,
        boolean untitled,
        Instant now,
        String xid) {}
