/**
 * Requests that may be sent again: with an {@code Idempotency-Key}, or by a client that says it re-sends by itself.
 *
 * <pre>
 * RepeatableRoutes -> Repeats      waits, answers as before, or lets the handler answer
 *                  -> Identity     which request it is, out of headers, path and body
 *                  -> Recording    keeps the answer on its way out
 * </pre>
 */
@NullMarked
package dev.verbatim.server.idempotency;

import org.jspecify.annotations.NullMarked;
