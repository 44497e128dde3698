package dev.verbatim.server.migration;

import dev.verbatim.InMemoryHistoryStore;

/**
 * What memory holds.
 *
 * @param store its conversations
 * @param origins what PostgreSQL had of them
 */
record Sessions(InMemoryHistoryStore store, Origins origins) {}
