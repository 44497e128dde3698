package dev.verbatim.postgres;

import dev.verbatim.Message;

/**
 * A message as its row has it.
 *
 * @param message the message
 * @param xid the transaction that stored it, as a row carries it: the lower 32 bits
 */
public record StoredMessage(Message message, long xid) {}
