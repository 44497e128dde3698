/**
 * The parts of the benchmark; each gives one section of the report.
 */
@NullMarked
package dev.verbatim.bench.part;

import org.jspecify.annotations.NullMarked;
