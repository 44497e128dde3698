package dev.verbatim.postgres.backup;

import java.time.Instant;

/**
 * What a backup says of itself.
 *
 * @param schema the version of the tables, as that of a migration
 * @param made when it was begun: what was committed before is in it
 * @param server the version of the PostgreSQL it was made of
 */
public record Head(String schema, Instant made, String server) {}
