package dev.verbatim;

import java.util.UUID;

/**
 * One try of a request that may be sent again: it was this try's turn, and it is until the claim is given up.
 *
 * @param owner whose request it is
 * @param id which request of theirs, as in {@link RepeatableRequest}
 * @param seed a random number, the same at each try of this request
 * @param holder a random number, this try's own
 * @param done whether an earlier try changed what was to be changed
 */
public record Claim(UUID owner, String id, UUID seed, UUID holder, boolean done) {
    /** The id of the {@code n}th thing this request makes without bringing an id for it: the same at each try. */
    public String madeId(int n) {
        return Uuids.nameBased(seed, Integer.toString(n)).toString();
    }
}
