/**
 * Tables, plots, and what must be reached.
 */
@NullMarked
package dev.verbatim.bench.report;

import org.jspecify.annotations.NullMarked;
