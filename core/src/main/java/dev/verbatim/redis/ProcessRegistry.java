package dev.verbatim.redis;

import java.util.Map;

/** Where all servers agree on which Redis processes the epoch was made for. */
@FunctionalInterface
public interface ProcessRegistry {
    /**
     * Makes the epoch one of {@code processes}, if it is not.
     *
     * @param processes all primaries of now, by node
     * @param known those that this server knew to be registered; empty when it knew none
     * @return false, with nothing done, when another server has registered others than {@code known} since: one of the two
     *     is behind, and it may be this one
     */
    boolean register(Map<String, String> processes, Map<String, String> known);
}
