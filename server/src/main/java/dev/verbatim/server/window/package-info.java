/**
 * Windows for a model: what of a conversation fits, in a form that a model's server accepts. Nothing stored changes.
 *
 * <pre>
 * WindowReader   reads the newest messages and the instructions the conversation begins with
 * ToolPairs      keeps calls and results together
 * ModelWindow    takes the newest that fit
 * </pre>
 */
@NullMarked
package dev.verbatim.server.window;

import org.jspecify.annotations.NullMarked;
