package dev.verbatim;

import java.util.OptionalLong;

/**
 * How to append. Immutable.
 *
 * @param create make the conversation when there is none; not when {@code ifGen} is given, which a new one cannot have
 * @param ifGen append only while the conversation is of this generation
 * @param coherent answer only when no server can show an older end any more: at once while Redis answers, else after a
 *     second
 * @param moved the messages were said before, elsewhere: the conversation's last activity becomes the newest of the times
 *     they bring instead of now, if that is later than it was
 */
public record AppendOptions(boolean create, OptionalLong ifGen, boolean coherent, boolean moved) {
    /** Fails when there is no such conversation. */
    public static final AppendOptions EXISTING = new AppendOptions(false, OptionalLong.empty(), false, false);

    /** Makes the conversation when there is none; not one that was deleted within the last day. */
    public static final AppendOptions CREATE = new AppendOptions(true, OptionalLong.empty(), false, false);

    /** This, only while the conversation is of generation {@code gen}. */
    public AppendOptions onlyOf(long gen) {
        return new AppendOptions(create, OptionalLong.of(gen), coherent, moved);
    }

    /** This, {@link #coherent}. */
    public AppendOptions coherently() {
        return new AppendOptions(create, ifGen, true, moved);
    }

    /** This, {@link #moved}. */
    public AppendOptions moving() {
        return new AppendOptions(create, ifGen, coherent, true);
    }
}
