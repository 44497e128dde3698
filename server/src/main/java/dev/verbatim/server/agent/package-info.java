/**
 * The agent: looks into the user's own history before a question is answered.
 *
 * <pre>
 * Agent -> SearchWords   the question as words that can be looked for
 *       -> Retrieval     the user's conversations that have them, and what was said there
 *       -> Judge         how good that is (Quality, and the model where there is one) and what to do
 *       -> Rewrites      the query again, in other words, at most three times
 *       -> AgentPrompt   what the model is sent; or PlainReply, without a model
 * </pre>
 */
@NullMarked
package dev.verbatim.server.agent;

import org.jspecify.annotations.NullMarked;
