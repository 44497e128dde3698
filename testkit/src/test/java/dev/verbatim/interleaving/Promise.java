package dev.verbatim.interleaving;

import dev.verbatim.Message;
import dev.verbatim.interleaving.Protocol.Flaw;
import dev.verbatim.redis.CachedTail;
import dev.verbatim.redis.EntryText;
import dev.verbatim.redis.RedisAwayException;
import dev.verbatim.redis.ScriptBench;
import dev.verbatim.redis.ScriptBench.Result;
import dev.verbatim.redis.ScriptCall;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * What must hold in every state: an entry that may be served is not behind what is required and has just the lines it
 * names, and a reader that nobody disturbs can fill it. For one thread.
 */
final class Promise {
    private static final long RESCUER = 9;

    private record Asked(String entry, int epoch) {}

    private record Rescue(String entry, int epoch, End end) {}

    /** What a server would make of an entry: where it ends if it may be served, what is wrong with its lines if anything. */
    private record Served(@Nullable End end, @Nullable String wrong) {}

    private final Protocol protocol;
    private final Scripts scripts;
    private final Map<Asked, Served> views = new HashMap<>();
    private final Map<Rescue, Boolean> rescues = new HashMap<>();

    Promise(Protocol protocol, Scripts scripts) {
        this.protocol = protocol;
        this.scripts = scripts;
    }

    /** Whether some server may serve what is there. */
    boolean isServable(State state) {
        for (int epoch = state.trusted(); epoch <= state.epoch(); epoch++) {
            if (served(state.entry(), epoch).end() != null) {
                return true;
            }
        }
        return false;
    }

    /** What is wrong in {@code state}; null when nothing is. */
    @Nullable
    String broken(State state) {
        for (int epoch = state.trusted(); epoch <= state.epoch(); epoch++) {
            Served served = served(state.entry(), epoch);
            if (served.wrong() != null) {
                return served.wrong();
            }
            End end = served.end();
            if (end != null && end.isBehind(state.required())) {
                return "STALE: " + end + " may be served, " + state.required() + " is required";
            }
            if (end != null && end.seq() > state.log().lastOf(end.gen())) {
                return "NEVER SAID: " + end + " may be served and was never committed";
            }
        }
        return recovers(state) ? null : "STUCK: a reader that nobody disturbs cannot fill the entry";
    }

    /** What may be served is taken to be served at once: no later answer may be older. */
    State served(State state) {
        State next = state;
        for (int epoch = state.trusted(); epoch <= state.epoch(); epoch++) {
            End end = served(state.entry(), epoch).end();
            if (end != null) {
                next = next.requiring(end);
            }
        }
        return next;
    }

    private Served served(String entry, int epoch) {
        return views.computeIfAbsent(new Asked(entry, epoch), this::view);
    }

    private Served view(Asked asked) {
        CachedTail tail = ScriptBench.read(asked.entry(), asked.epoch());
        if (tail == null || !mayBeServed(tail)) {
            return new Served(null, null);
        }
        End end = new End((int) tail.gen(), (int) tail.hi());
        return new Served(end, wrongLines(tail, asked.entry()));
    }

    private boolean mayBeServed(CachedTail tail) {
        return protocol.has(Flaw.NEED_WITHOUT_GEN) ? tail.hasData() && tail.hi() >= tail.needSeq() : tail.current();
    }

    private static @Nullable String wrongLines(CachedTail tail, String entry) {
        List<Message> said = ScriptBench.messages((int) tail.gen(), tail.lo(), tail.hi());
        String lines = said.stream().map(message -> message.json() + "\n").collect(Collectors.joining());
        try {
            return tail.messages(tail.lo(), tail.hi()).equals(said)
                            && EntryText.body(entry).equals(lines)
                    ? null
                    : "WRONG LINES: " + EntryText.body(entry);
        } catch (RedisAwayException e) {
            return "WRONG LINES: " + e.getMessage();
        }
    }

    private boolean recovers(State state) {
        if (!state.log().exists()) {
            return true;
        }
        Rescue rescue = new Rescue(state.entry(), state.epoch(), state.log().end());
        Boolean known = rescues.get(rescue);
        if (known == null) {
            known = recovers(rescue);
            rescues.put(rescue, known);
        }
        return known;
    }

    private boolean recovers(Rescue rescue) {
        End end = rescue.end();
        String entry = scripts.expired(rescue.entry());
        if (!protocol.has(Flaw.NO_LEASE)) {
            Result leased = scripts.run(entry, ScriptCall.lease(rescue.epoch(), RESCUER));
            if (leased.reply() == 0) {
                return false;
            }
            entry = leased.entry();
        }
        int from = Math.max(1, end.seq() - ScriptBench.WINDOW + 1);
        Result filled = scripts.run(entry, ScriptCall.fill(rescue.epoch(), RESCUER, end.gen(), from, end.seq()));
        return filled.reply() == 1
                && end.equals(served(filled.entry(), rescue.epoch()).end());
    }
}
