package dev.verbatim.interleaving;

import dev.verbatim.redis.EntryText;
import dev.verbatim.redis.ScriptBench;
import dev.verbatim.redis.ScriptBench.Result;
import dev.verbatim.redis.ScriptCall;
import java.util.HashMap;
import java.util.Map;

/** The scripts on the real Redis, which is asked once for each call on each entry: equal bytes, equal outcome. */
final class Scripts {
    private record Asked(String entry, ScriptCall call) {}

    private final ScriptBench bench;
    private final Map<Asked, Result> known = new HashMap<>();
    private final Map<String, String> entries = new HashMap<>();
    private final Map<String, Long> tokens = new HashMap<>();

    Scripts(ScriptBench bench) {
        this.bench = bench;
    }

    Result run(String entry, ScriptCall call) {
        Asked asked = new Asked(entry, call);
        Result result = known.get(asked);
        if (result == null) {
            Result fresh = bench.run(entry, call);
            result = new Result(fresh.reply(), one(fresh.entry()));
            known.put(asked, result);
        }
        return result;
    }

    String expired(String entry) {
        return one(EntryText.expired(entry));
    }

    /** The token of the entry's lease. */
    long token(String entry) {
        return tokens.computeIfAbsent(entry, EntryText::token);
    }

    /** The entry with another name for the token {@code old}, if that is the lease's. */
    String renamed(String entry, long old, long other) {
        return old != other && token(entry) == old ? one(EntryText.withToken(entry, other)) : entry;
    }

    /** How often Redis was asked. */
    int executions() {
        return known.size();
    }

    /** The same object for the same entry, to save memory and comparisons. */
    private String one(String entry) {
        return entries.computeIfAbsent(entry, e -> e);
    }
}
