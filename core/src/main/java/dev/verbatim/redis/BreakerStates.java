package dev.verbatim.redis;

/**
 * How many nodes of Redis are asked, are tried again, and are left alone.
 *
 * @param closed asked
 * @param halfOpen tried again
 * @param open left alone
 */
public record BreakerStates(int closed, int halfOpen, int open) {}
