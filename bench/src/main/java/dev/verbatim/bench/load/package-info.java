/**
 * Loads: which messages, which conversations, how many callers or how often, and what was measured.
 */
@NullMarked
package dev.verbatim.bench.load;

import org.jspecify.annotations.NullMarked;
