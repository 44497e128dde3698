/**
 * Fault runs: services, PostgreSQL and Redis as real processes, clients that record what they see, and a schedule of faults
 * that follows from a seed. What the clients saw is judged by {@link dev.verbatim.testkit.history.HistoryChecker}.
 */
@NullMarked
package dev.verbatim.faults;

import org.jspecify.annotations.NullMarked;
