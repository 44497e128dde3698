/** A copy of all that is kept, as one file, and the way back. */
@NullMarked
package dev.verbatim.postgres.backup;

import org.jspecify.annotations.NullMarked;
