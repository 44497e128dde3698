package dev.verbatim;

/**
 * A message after an edit.
 *
 * @param message as it is now
 * @param gen the conversation's generation
 * @param lastSeq the conversation's newest number
 */
public record Edited(Message message, long gen, long lastSeq) {}
