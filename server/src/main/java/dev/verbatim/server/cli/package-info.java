/** The commands of {@code ./verbatim}. */
@NullMarked
package dev.verbatim.server.cli;

import org.jspecify.annotations.NullMarked;
