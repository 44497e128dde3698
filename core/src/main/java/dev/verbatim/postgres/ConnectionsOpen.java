package dev.verbatim.postgres;

/**
 * The connections of a pool just now.
 *
 * @param active in use
 * @param idle open and free
 * @param most how many there may be
 * @param waiting threads that wait for one
 */
public record ConnectionsOpen(int active, int idle, int most, int waiting) {}
