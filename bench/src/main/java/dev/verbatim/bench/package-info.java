/**
 * Measures Verbatim beside what a user would take instead, and beside the limits of the machine. The parent process here
 * starts the servers and one process for each that is measured; see DESIGN.md.
 */
@NullMarked
package dev.verbatim.bench;

import org.jspecify.annotations.NullMarked;
