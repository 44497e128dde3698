/** What is broken, and when. */
@NullMarked
package dev.verbatim.faults.schedule;

import org.jspecify.annotations.NullMarked;
