package dev.verbatim;

import java.util.OptionalLong;

/**
 * How to append. Immutable.
 *
 * @param create make the conversation when there is none
 * @param ifGen append only while the conversation is of this generation
 */
public record AppendOptions(boolean create, OptionalLong ifGen) {
    /** Fails when there is no such conversation. */
    public static final AppendOptions EXISTING = new AppendOptions(false, OptionalLong.empty());

    /** Makes the conversation when there is none; not one that was deleted within the last day. */
    public static final AppendOptions CREATE = new AppendOptions(true, OptionalLong.empty());
}
