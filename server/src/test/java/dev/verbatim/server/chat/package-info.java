/** Tests of chat, against a model's server that speaks real HTTP. */
@NullMarked
package dev.verbatim.server.chat;

import org.jspecify.annotations.NullMarked;
