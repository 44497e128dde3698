package dev.verbatim.postgres;

import java.util.UUID;

/**
 * What tells later whether a transaction was committed: its id, and the {@code change_log} row it wrote. The row is asked
 * for too because a standby that took over and lacks the transaction gives its id out again.
 *
 * @param xid the transaction's id, as text; empty when it wrote nothing that can be asked for
 * @param owner the row's user
 * @param id the row's thing
 */
record Witness(String xid, UUID owner, UUID id) {
    static final Witness NONE = new Witness("", new UUID(0, 0), new UUID(0, 0));
}
