package dev.verbatim.search;

import org.jspecify.annotations.Nullable;

/**
 * What a conversation is called.
 *
 * @param conversationId as the application knows it
 * @param title its title, or null
 */
public record Head(String conversationId, @Nullable String title) {}
