package dev.verbatim.insight;

/**
 * What is told in one look.
 *
 * @param filter what about, with times of whole hours
 * @param queries of the queries
 * @param messages how many messages the conversations have that were active in that time
 * @param reads the reads of messages on all servers in that time, whoever read
 */
public record Overview(InsightFilter filter, Tally queries, long messages, Reads reads) {}
