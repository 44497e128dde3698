package dev.verbatim.interleaving;

import dev.verbatim.interleaving.Change.Kind;
import dev.verbatim.interleaving.Change.Progress;
import dev.verbatim.interleaving.Protocol.Flaw;
import dev.verbatim.redis.ScriptBench;
import dev.verbatim.redis.ScriptBench.Result;
import dev.verbatim.redis.ScriptCall;

/**
 * Writers: commits, and what {@code HybridHistoryStore}, {@code PendingApply} and the change tail do after each. Every
 * change has a writer of its own, so that what follows two commits comes in any order, under any epoch there was.
 */
final class WriterSteps implements Steps {
    private final Protocol protocol;
    private final Scripts scripts;

    WriterSteps(Protocol protocol, Scripts scripts) {
        this.protocol = protocol;
        this.scripts = scripts;
    }

    @Override
    public void from(State state, Sink sink) {
        commits(state, sink);
        for (int at = 0; at < state.log().size(); at++) {
            Change change = state.log().changes().get(at);
            switch (change.progress()) {
                case COMMITTED -> tell(state, at, change, sink);
                case READ -> store(state, at, change, sink);
                case UNCONFIRMED -> repair(state, at, change, sink);
                case DONE -> {}
            }
            if (change.isAppend() && state.may(Chance.AGAIN)) {
                again(state, change, sink);
            }
        }
    }

    private static void commits(State state, Sink sink) {
        Log log = state.log();
        if (state.may(Chance.APPEND)) {
            sink.step("an append commits", state.took(Chance.APPEND).withLog(log.appended()));
        }
        if (log.exists() && state.may(Chance.REPEAT)) {
            sink.step("a repeated append commits", state.took(Chance.REPEAT).withLog(log.repeated()));
        }
        if (log.exists() && state.may(Chance.EDIT)) {
            sink.step("an edit commits", state.took(Chance.EDIT).withLog(log.edited()));
        }
        if (log.exists() && state.may(Chance.DELETE)) {
            sink.step("a delete commits", state.took(Chance.DELETE).withLog(log.deleted()));
        }
        if (!log.exists() && state.may(Chance.CREATE)) {
            sink.step("a create commits", state.took(Chance.CREATE).withLog(log.created()));
        }
    }

    /** A create that is never told is also the first half of an append that makes its conversation. */
    private void tell(State state, int at, Change change, Sink sink) {
        if (protocol.has(Flaw.WRITER_STORES)) {
            sink.step(
                    "the writer reads the log",
                    state.withChange(at, change.read(state.log().size())));
            return;
        }
        if (change.isAppend()) {
            for (int epoch = 1; epoch <= state.epoch(); epoch++) {
                Result applied = scripts.run(state.entry(), apply(epoch, change));
                sink.step("the append is applied and acknowledged", done(state, at, change, applied.entry()));
            }
        } else {
            boolean silent = change.kind() == Kind.CREATE && protocol.has(Flaw.SILENT_CREATES);
            sink.step(
                    "the entry is dropped and the change acknowledged",
                    done(state, at, change, silent ? state.entry() : State.NONE));
        }
        if (state.may(Chance.LOSS)) {
            State lost = state.took(Chance.LOSS);
            if (change.isAppend()) {
                sink.step(
                        "no apply; the entry is dropped and the append acknowledged",
                        done(lost, at, change, State.NONE));
            }
            sink.step(
                    "Redis confirms nothing",
                    protocol.has(Flaw.LOSS_IGNORED)
                            ? done(lost, at, change, state.entry())
                            : lost.withChange(at, change.at(Progress.UNCONFIRMED)));
        }
    }

    /** The change tail says what was committed; a drop that comes later is a flush and what follows. */
    private void repair(State state, int at, Change change, Sink sink) {
        for (int epoch = 1; epoch <= state.epoch(); epoch++) {
            Result noted = scripts.run(state.entry(), ScriptCall.note(epoch, change.gen(), change.to()));
            sink.step("the change tail notes the change", done(state, at, change, noted.entry()));
        }
    }

    private void store(State state, int at, Change change, Sink sink) {
        End seen = state.log().end(change.seen());
        int from = Math.max(1, seen.seq() - ScriptBench.WINDOW + 1);
        Result stored = scripts.run(state.entry(), ScriptCall.store(state.epoch(), seen.gen(), from, seen.seq()));
        sink.step("the writer stores what it read and acknowledges", done(state, at, change, stored.entry()));
    }

    private void again(State state, Change change, Sink sink) {
        for (int epoch = 1; epoch <= state.epoch(); epoch++) {
            Result applied = scripts.run(state.entry(), apply(epoch, change));
            sink.step("the apply comes once more", state.took(Chance.AGAIN).withEntry(applied.entry()));
        }
    }

    private static ScriptCall apply(int epoch, Change change) {
        return change.kind() == Kind.APPEND
                ? ScriptCall.apply(epoch, change.gen(), change.from(), change.to())
                : ScriptCall.applyWithoutLines(epoch, change.gen(), change.from(), change.to());
    }

    private static State done(State state, int at, Change change, String entry) {
        return state.withChange(at, change.at(Progress.DONE)).withEntry(entry).requiring(change.end());
    }
}
