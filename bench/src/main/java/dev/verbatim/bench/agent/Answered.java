package dev.verbatim.bench.agent;

import java.util.List;

/**
 * What the agent made of a question.
 *
 * @param asked the question
 * @param conversations where its contexts are from, the best first
 * @param recommendation what it did
 * @param quality what it thought of what it found
 * @param millis how long it took
 */
record Answered(Asked asked, List<String> conversations, String recommendation, double quality, double millis) {
    Answered {
        conversations = List.copyOf(conversations);
    }

    /** Whether the conversation that has the answer is among the contexts. */
    boolean found() {
        return asked.conversationId() != null && conversations.contains(asked.conversationId());
    }

    /** Whether it answered from the history just when that has the answer, and else said that it has not. */
    boolean right() {
        return recommendation.equals(asked.conversationId() == null ? "EXTERNAL" : "ANSWER");
    }
}
