package dev.verbatim.interleaving;

import dev.verbatim.interleaving.Protocol.Flaw;
import dev.verbatim.redis.EntryText;

/** What happens to Redis and to the epoch without anybody's doing. */
final class FaultSteps implements Steps {
    private final Protocol protocol;
    private final Scripts scripts;

    FaultSteps(Protocol protocol, Scripts scripts) {
        this.protocol = protocol;
        this.scripts = scripts;
    }

    @Override
    public void from(State state, Sink sink) {
        if (state.may(Chance.FLUSH) && !state.entry().isEmpty()) {
            sink.step("the entry goes", state.took(Chance.FLUSH).withEntry(State.NONE));
        }
        if (state.may(Chance.EXPIRY) && EntryText.isLeased(state.entry())) {
            sink.step("the lease ends by time", state.took(Chance.EXPIRY).withEntry(scripts.expired(state.entry())));
        }
        if (state.may(Chance.COPY) && !state.entry().isEmpty()) {
            sink.step("Redis keeps a copy", state.took(Chance.COPY).withCopy(state.entry()));
        }
        if (state.may(Chance.RESTORE) && !state.copy().equals(State.NO_COPY)) {
            State restored = state.took(Chance.RESTORE).withEntry(state.copy());
            sink.step(
                    "Redis comes back with the copy",
                    protocol.has(Flaw.SAME_EPOCH)
                            ? restored
                            : restored.withEpoch(state.epoch() + 1, state.epoch() + 1));
        }
        if (state.may(Chance.RAISE)) {
            sink.step("the epoch is raised", state.took(Chance.RAISE).withEpoch(state.epoch() + 1, state.trusted()));
        }
    }
}
