package dev.verbatim.interleaving;

import dev.verbatim.redis.ScriptCall.Script;
import dev.verbatim.redis.ScriptTexts;
import java.util.EnumSet;
import java.util.Set;

/** What writers, readers and Redis do: the product's own way, or one with faults put in. Immutable. */
record Protocol(ScriptTexts scripts, Set<Flaw> flaws) {
    /** What a mutant does otherwise than the product, outside of the scripts. */
    enum Flaw {
        /** A writer reads the log after its commit and stores what it saw. */
        WRITER_STORES,
        /** Readers fill without asking for a lease. */
        NO_LEASE,
        /** All attempts have the same token. */
        ONE_TOKEN,
        /** Redis comes back with an old entry and the epoch stays. */
        SAME_EPOCH,
        /** Served when {@code hi} is at least the number in {@code need}, whatever its generation. */
        NEED_WITHOUT_GEN,
        /** A reader that saw newer than the cache and did not fill says nothing. */
        SILENT_READERS,
        /** A reader that saw that the conversation is gone, and had no lease, leaves the entry. */
        SILENT_ABOUT_GONE,
        /** Who makes a conversation anew leaves the entry of the one before. */
        SILENT_CREATES,
        /** What Redis did not confirm is acknowledged as if it had. */
        LOSS_IGNORED
    }

    static final Protocol REAL = new Protocol(ScriptTexts.real(), Set.of());

    boolean has(Flaw flaw) {
        return flaws.contains(flaw);
    }

    Protocol with(Flaw flaw) {
        EnumSet<Flaw> more = EnumSet.of(flaw);
        more.addAll(flaws);
        return new Protocol(scripts, more);
    }

    /** With another text in the place of {@code old}, which must be in the script. */
    Protocol with(Script script, String old, String other) {
        return new Protocol(scripts.replaced(script, old, other), flaws);
    }

    /** With a script of the test resources in the place of the product's. */
    Protocol with(Script script, String name) {
        return new Protocol(scripts.replaced(script, name), flaws);
    }
}
