package dev.verbatim;

import java.time.Instant;

/**
 * That a conversation was deleted.
 *
 * @param owner whose it was
 * @param conversationId its id
 * @param at when
 */
public record Deletion(Owner owner, String conversationId, Instant at) {}
