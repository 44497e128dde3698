/**
 * Chat: what the user says is stored, a window of the conversation goes to a model, and the model's answer is stored.
 *
 * <pre>
 * ChatHandler -> ChatService -> TurnStore      stores the new messages, finds an answer that is there already
 *                            -> PromptReader   the window a model accepts
 *                            -> ModelClient    OpenAiClient, or BuiltInAnswerer when no model is set
 *                            -> AnswerStore    stores the answer, whole or in part
 * </pre>
 */
@NullMarked
package dev.verbatim.server.chat;

import org.jspecify.annotations.NullMarked;
