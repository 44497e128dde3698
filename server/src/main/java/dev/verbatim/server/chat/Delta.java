package dev.verbatim.server.chat;

import org.jspecify.annotations.Nullable;

/**
 * A piece of an answer.
 *
 * @param text more of its text; may be empty
 * @param toolCalls pieces of tool calls, a JSON array as the model wrote it, on one line, or null
 */
record Delta(String text, @Nullable String toolCalls) {}
