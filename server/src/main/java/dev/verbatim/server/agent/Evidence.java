package dev.verbatim.server.agent;

import java.util.List;

/**
 * What was found for a query.
 *
 * @param contexts the best first, at most {@link #MOST}
 * @param quality by the formula of {@link Quality}
 */
record Evidence(List<Context> contexts, double quality) {
    static final int MOST = 5;

    static final Evidence NONE = new Evidence(List.of(), 0);

    Evidence {
        contexts = List.copyOf(contexts);
    }
}
