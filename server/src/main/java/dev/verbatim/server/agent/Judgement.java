package dev.verbatim.server.agent;

import dev.verbatim.insight.Recommendation;

/**
 * What is thought of what was found.
 *
 * @param quality 0 to 1
 * @param recommendation what is to be done
 * @param query the query in other words, for {@link Recommendation#REFINE}; else empty
 */
record Judgement(double quality, Recommendation recommendation, String query) {}
