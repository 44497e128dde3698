/** Searching over HTTP. */
@NullMarked
package dev.verbatim.server.search;

import org.jspecify.annotations.NullMarked;
