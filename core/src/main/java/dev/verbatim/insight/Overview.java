package dev.verbatim.insight;

import org.jspecify.annotations.Nullable;

/**
 * What is told in one look.
 *
 * @param filter what about, with times of whole hours
 * @param queries of the queries
 * @param messages how many messages the conversations have that were active in that time; null when {@code filter} names a
 *     model or a recommendation, which messages do not have
 * @param reads the reads of messages on all servers in that time, whoever read
 */
public record Overview(
        InsightFilter filter, Tally queries, @Nullable Long messages, Reads reads) {}
