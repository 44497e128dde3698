/** Gives whole conversations out, in a few formats, however long they are. */
@NullMarked
package dev.verbatim.server.exporting;

import org.jspecify.annotations.NullMarked;
