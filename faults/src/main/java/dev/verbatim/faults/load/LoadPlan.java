package dev.verbatim.faults.load;

/**
 * How much the clients do.
 *
 * @param conversations how many of each user there are at a time
 * @param callsPerSecond of all clients together, as long as answers come quickly
 */
public record LoadPlan(int users, int conversations, int clients, int callsPerSecond) {}
