package dev.verbatim.interleaving;

import dev.verbatim.interleaving.Protocol.Flaw;
import dev.verbatim.interleaving.Reader.Step;
import dev.verbatim.redis.EntryText;
import dev.verbatim.redis.ScriptBench;
import dev.verbatim.redis.ScriptBench.Result;
import dev.verbatim.redis.ScriptCall;

/**
 * Readers that miss, in the order of {@code TailReader} and {@code TailFiller}: lease, PostgreSQL, fill, and a note when
 * the fill was refused; or PostgreSQL and a note, for who does not fill. Each may die between two steps.
 */
final class ReaderSteps implements Steps {
    private final Protocol protocol;
    private final Scripts scripts;

    ReaderSteps(Protocol protocol, Scripts scripts) {
        this.protocol = protocol;
        this.scripts = scripts;
    }

    @Override
    public void from(State state, Sink sink) {
        for (int at = 0; at < state.readers().size(); at++) {
            Reader reader = state.readers().get(at);
            switch (reader.step()) {
                case IDLE -> begin(state, at, reader, sink);
                case LEASED -> read(state, at, reader, Step.READ, sink);
                case READ -> fill(state, at, reader, sink);
                case TELL -> tell(state, at, reader, sink);
            }
            if (reader.step() != Step.IDLE) {
                sink.step("a reader dies", ended(state, at));
            }
        }
    }

    private long token(int at) {
        return protocol.has(Flaw.ONE_TOKEN) ? 1 : Symmetry.token(at);
    }

    private void begin(State state, int at, Reader reader, Sink sink) {
        if (reader.rounds() == 0) {
            return;
        }
        read(state, at, reader, Step.TELL, sink);
        for (int epoch = reader.epoch(); epoch <= state.epoch(); epoch++) {
            String entry = state.entry();
            if (!protocol.has(Flaw.NO_LEASE)) {
                Result leased = scripts.run(entry, ScriptCall.lease(epoch, token(at)));
                if (leased.reply() == 0) {
                    continue;
                }
                entry = leased.entry();
            }
            sink.step(
                    protocol.has(Flaw.NO_LEASE) ? "a reader begins" : "a reader gets the lease",
                    state.withReader(at, reader.at(Step.LEASED, epoch, 0)).withEntry(entry));
        }
    }

    private static void read(State state, int at, Reader reader, Step next, Sink sink) {
        String what = next == Step.READ ? "a reader reads the log" : "a reader without lease reads the log";
        sink.step(
                what,
                state.withReader(at, reader.at(next, reader.epoch(), state.log().size())));
    }

    private void fill(State state, int at, Reader reader, Sink sink) {
        if (!state.log().exists(reader.seen())) {
            drop(state, at, reader, sink);
            return;
        }
        End end = state.log().end(reader.seen());
        int from = Math.max(1, end.seq() - ScriptBench.WINDOW + 1);
        for (int epoch = reader.epoch(); epoch <= state.epoch(); epoch++) {
            Result filled = scripts.run(state.entry(), ScriptCall.fill(epoch, token(at), end.gen(), from, end.seq()));
            State next = state.withEntry(filled.entry());
            if (filled.reply() == 1) {
                sink.step("a reader fills and answers", answered(next, at, reader));
            } else {
                sink.step(
                        "a reader's fill is refused", next.withReader(at, reader.at(Step.TELL, epoch, reader.seen())));
            }
        }
    }

    private void tell(State state, int at, Reader reader, Sink sink) {
        End end = state.log().end(reader.seen());
        boolean gone = !state.log().exists(reader.seen());
        if (protocol.has(gone ? Flaw.SILENT_ABOUT_GONE : Flaw.SILENT_READERS)) {
            sink.step("a reader answers", answered(state, at, reader));
            return;
        }
        if (gone) {
            drop(state, at, reader, sink);
            return;
        }
        for (int epoch = reader.epoch(); epoch <= state.epoch(); epoch++) {
            Result noted = scripts.run(state.entry(), ScriptCall.note(epoch, end.gen(), end.seq()));
            sink.step("a reader notes what it saw and answers", answered(state.withEntry(noted.entry()), at, reader));
        }
    }

    private void drop(State state, int at, Reader reader, Sink sink) {
        sink.step(
                "a reader drops the entry of what is gone",
                answered(state, at, reader).withEntry(State.NONE));
    }

    private State answered(State state, int at, Reader reader) {
        return ended(state, at).requiring(state.log().end(reader.seen()));
    }

    /** The next round has another token: nobody will come back with this one's. */
    private State ended(State state, int at) {
        State next = state.withReader(at, state.readers().get(at).ended());
        if (protocol.has(Flaw.ONE_TOKEN)) {
            return next;
        }
        return next.withEntry(scripts.renamed(next.entry(), token(at), EntryText.DEAD))
                .withCopy(scripts.renamed(next.copy(), token(at), EntryText.DEAD));
    }
}
