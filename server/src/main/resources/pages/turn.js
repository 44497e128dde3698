// One turn of a chat as it streams in.

import { api, ApiError } from "./api.js";

/**
 * Says `question` and hears the answer, to its end.
 *
 * @param create whether to make the conversation when it is missing
 * @param agent whether the agent answers, which first searches the history
 * @param hear {begun(answerId), grown(text)}
 * @throws ApiError when there is no answer, or not all of it
 */
export async function say({ conversationId, create, question, agent, signal, hear }) {
  const body = { conversation_id: conversationId, messages: [question], stream: true };
  let text = "";
  let whole = false;
  await api.stream(`${agent ? "/chat/agent" : "/chat"}${create ? "?create=true" : ""}`, body, {
    signal,
    each(event) {
      if (event.error) {
        throw new ApiError(502, event.error.message, event.error.code);
      } else if (event.message) {
        whole = true;
      } else if (event.message_id) {
        hear.begun(event.message_id);
      } else if (event.delta) {
        text += event.delta;
        hear.grown(text);
      }
    },
  });
  if (!whole) {
    throw new ApiError(502, "The answer broke off. What came of it is kept; try again for a whole one.");
  }
}
