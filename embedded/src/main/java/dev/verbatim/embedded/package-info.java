/** Real PostgreSQL and real Redis as child processes, on a data directory that survives restarts. */
@NullMarked
package dev.verbatim.embedded;

import org.jspecify.annotations.NullMarked;
