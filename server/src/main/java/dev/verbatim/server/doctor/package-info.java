/** Looks for what is wrong, and says of each thing whether it is well, what that means and what to do. */
@NullMarked
package dev.verbatim.server.doctor;

import org.jspecify.annotations.NullMarked;
