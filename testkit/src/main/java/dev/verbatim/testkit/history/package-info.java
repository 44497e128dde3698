/**
 * Decides whether what many concurrent clients saw keeps the store's promises. Clients record each call in a file with
 * {@link dev.verbatim.testkit.history.HistoryRecorder}; after the run PostgreSQL's final log is recorded too, all files are
 * read into one {@link dev.verbatim.testkit.history.History}, and {@link dev.verbatim.testkit.history.HistoryChecker} says
 * what was broken, if anything, and how stale answers were.
 *
 * <p>All times are {@link java.lang.System#nanoTime} of one machine: on Linux its processes share that clock. A client that
 * is stopped for a while only widens the spans of its calls, which weakens the check but never makes it wrong.
 */
@NullMarked
package dev.verbatim.testkit.history;

import org.jspecify.annotations.NullMarked;
