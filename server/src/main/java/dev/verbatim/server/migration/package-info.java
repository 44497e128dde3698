/**
 * The move of a service from sessions in memory to PostgreSQL and Redis, and back: what {@code STORE_MODE} chooses from.
 */
@org.jspecify.annotations.NullMarked
package dev.verbatim.server.migration;
