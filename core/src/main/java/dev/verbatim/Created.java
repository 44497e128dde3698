package dev.verbatim;

/**
 * The answer to a create.
 *
 * @param conversation the conversation as it is stored
 * @param created false when the owner had it already
 */
public record Created(Conversation conversation, boolean created) {}
