package dev.verbatim;

/**
 * How a store is doing.
 *
 * @param log whether PostgreSQL answers: without it nothing can be written
 * @param cache whether Redis answers: without it reads are slower
 * @param detail one line for a person
 */
public record StoreStatus(boolean log, boolean cache, String detail) {}
