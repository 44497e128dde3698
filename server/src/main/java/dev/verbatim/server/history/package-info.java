/** Conversations and messages over HTTP. */
@NullMarked
package dev.verbatim.server.history;

import org.jspecify.annotations.NullMarked;
