package dev.verbatim.bench.agent;

import org.jspecify.annotations.Nullable;

/**
 * A question whose right answer is known.
 *
 * @param kind what sort of question it is
 * @param text the question
 * @param conversationId the one conversation that the answer stands in; null when it stands in none that is there
 */
record Asked(String kind, String text, @Nullable String conversationId) {}
