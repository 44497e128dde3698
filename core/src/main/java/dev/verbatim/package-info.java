/** The public API of Verbatim. */
@NullMarked
package dev.verbatim;

import org.jspecify.annotations.NullMarked;
