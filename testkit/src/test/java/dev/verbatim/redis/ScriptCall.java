package dev.verbatim.redis;

/**
 * One call of a script, as a step of a search makes it. Equal calls on equal entries do the same.
 *
 * @param script which
 * @param epoch the epoch the caller believes in
 * @param token of the lease; not of {@code apply} and {@code note}
 * @param gen the generation; not of {@code lease}
 * @param from the first line, {@code to + 1} for none
 * @param to the last message
 * @param lines whether the lines are given
 */
public record ScriptCall(Script script, int epoch, long token, int gen, int from, int to, boolean lines) {
    /** The scripts; {@code STORE} is none of the product's, but a mutant's. */
    public enum Script {
        LEASE,
        FILL,
        APPLY,
        NOTE,
        STORE
    }

    public static ScriptCall lease(int epoch, long token) {
        return new ScriptCall(Script.LEASE, epoch, token, 0, 0, 0, false);
    }

    public static ScriptCall fill(int epoch, long token, int gen, int from, int to) {
        return new ScriptCall(Script.FILL, epoch, token, gen, from, to, true);
    }

    public static ScriptCall store(int epoch, int gen, int from, int to) {
        return new ScriptCall(Script.STORE, epoch, 1, gen, from, to, true);
    }

    public static ScriptCall apply(int epoch, int gen, int from, int to) {
        return new ScriptCall(Script.APPLY, epoch, 0, gen, from, to, true);
    }

    public static ScriptCall applyWithoutLines(int epoch, int gen, int from, int to) {
        return new ScriptCall(Script.APPLY, epoch, 0, gen, from, to, false);
    }

    public static ScriptCall note(int epoch, int gen, int to) {
        return new ScriptCall(Script.NOTE, epoch, 0, gen, 0, to, false);
    }
}
