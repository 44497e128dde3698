/** The clients of a run. */
@NullMarked
package dev.verbatim.faults.load;

import org.jspecify.annotations.NullMarked;
