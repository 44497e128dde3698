/**
 * What is measured, each behind one interface: Verbatim, what a user would take instead, and the limits.
 */
@NullMarked
package dev.verbatim.bench.rival;

import org.jspecify.annotations.NullMarked;
