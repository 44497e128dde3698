package dev.verbatim.redis;

/**
 * The answer to a wish to fill a conversation's entry, and what is in it, so that the fill can be only what is missing.
 *
 * @param granted whether the caller may fill; else somebody else is about to
 * @param hasData whether {@code gen}, {@code lo} and {@code hi} say anything
 * @param gen the generation of the messages in the entry
 * @param lo the first of them; {@code hi + 1} when there is none
 * @param hi the last of them
 */
public record Lease(boolean granted, boolean hasData, long gen, long lo, long hi) {}
