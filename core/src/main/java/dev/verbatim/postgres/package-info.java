/** PostgreSQL, where everything is kept: all SQL, and the group commit that appends go through. */
@NullMarked
package dev.verbatim.postgres;

import org.jspecify.annotations.NullMarked;
