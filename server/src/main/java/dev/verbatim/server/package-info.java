/** The HTTP service and the command line. */
@NullMarked
package dev.verbatim.server;

import org.jspecify.annotations.NullMarked;
