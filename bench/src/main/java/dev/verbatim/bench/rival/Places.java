package dev.verbatim.bench.rival;

/**
 * Where a rival finds its servers. Secret: the URLs hold passwords.
 *
 * @param databaseUrl a {@code jdbc:postgresql:} URL of a database that is the rival's alone
 * @param redisUrl a {@code redis://} URL
 */
public record Places(String databaseUrl, String redisUrl) {
    @Override
    public String toString() {
        return "Places[]";
    }
}
