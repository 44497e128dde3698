package dev.verbatim;

/**
 * A conversation beside whose it is.
 *
 * @param owner whose it is
 * @param conversation what it is
 */
public record Held(Owner owner, Conversation conversation) {}
