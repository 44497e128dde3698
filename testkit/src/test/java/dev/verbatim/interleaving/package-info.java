/**
 * Every interleaving of a bounded scenario, with the real scripts on a real Redis.
 * {@link dev.verbatim.interleaving.EveryInterleavingTest} is where to begin.
 */
@NullMarked
package dev.verbatim.interleaving;

import org.jspecify.annotations.NullMarked;
