/**
 * Processes: each rival has one of its own, which does what the parent says on its standard input.
 */
@NullMarked
package dev.verbatim.bench.process;

import org.jspecify.annotations.NullMarked;
