/**
 * Query logs: what was asked of a chatbot and how it was answered, and what they tell together. {@link dev.verbatim.insight.Tally}
 * holds counts that can be put together from parts; who keeps the parts is {@code dev.verbatim.postgres}.
 */
@NullMarked
package dev.verbatim.insight;

import org.jspecify.annotations.NullMarked;
