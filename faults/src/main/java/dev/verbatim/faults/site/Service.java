package dev.verbatim.faults.site;

import dev.verbatim.testkit.proxy.FaultProxy;

/**
 * A service and the ways to and from it.
 *
 * @param clients from the clients to it
 * @param toPostgres from it to PostgreSQL
 * @param toRedis from it to Redis
 */
public record Service(ServiceNode node, FaultProxy clients, FaultProxy toPostgres, FaultProxy toRedis) {
    /** Makes all ways whole again. */
    void heal() {
        clients.heal();
        toPostgres.heal();
        toRedis.heal();
    }

    void close() {
        node.close();
        clients.close();
        toPostgres.close();
        toRedis.close();
    }
}
