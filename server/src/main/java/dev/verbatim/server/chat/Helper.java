package dev.verbatim.server.chat;

/** Looks for what helps with a question before it is answered. Called by many threads at once. */
@FunctionalInterface
public interface Helper {
    /** Looks for nothing. */
    Helper NONE = question -> new Help(question.messages(), null, "");

    /** What was found, and how the question is to be answered with it; whatever it throws fails the request. */
    Help help(Question question);
}
