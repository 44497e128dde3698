/** JSON that is passed on as the bytes it came as. */
@NullMarked
package dev.verbatim.server.json;

import org.jspecify.annotations.NullMarked;
