package dev.verbatim;

import java.util.OptionalLong;

/**
 * How to append. Immutable.
 *
 * @param create make the conversation when there is none; not when {@code ifGen} is given, which a new one cannot have
 * @param ifGen append only while the conversation is of this generation
 * @param coherent answer only when no server can show an older end any more: at once while Redis answers, else after a
 *     second
 */
public record AppendOptions(boolean create, OptionalLong ifGen, boolean coherent) {
    /** Fails when there is no such conversation. */
    public static final AppendOptions EXISTING = new AppendOptions(false, OptionalLong.empty(), false);

    /** Makes the conversation when there is none; not one that was deleted within the last day. */
    public static final AppendOptions CREATE = new AppendOptions(true, OptionalLong.empty(), false);

    /** This, only while the conversation is of generation {@code gen}. */
    public AppendOptions onlyOf(long gen) {
        return new AppendOptions(create, OptionalLong.of(gen), coherent);
    }

    /** This, {@link #coherent}. */
    public AppendOptions coherently() {
        return new AppendOptions(create, ifGen, true);
    }
}
