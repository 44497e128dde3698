package dev.verbatim.server.chat;

import dev.verbatim.Message;
import dev.verbatim.server.insight.QueryLogs;

/** Tells {@code events}, and logs an answer that breaks off: those are the slowest ones. Used by one thread. */
record LoggedEvents(ChatEvents events, AnswerLog log, QueryLogs logs) implements ChatEvents {
    @Override
    public void begin(String conversationId, String messageId) {
        events.begin(conversationId, messageId);
    }

    @Override
    public void delta(Delta delta) {
        events.delta(delta);
    }

    @Override
    public void brokeOff(String conversationId, Message part) {
        log.of(conversationId, part).ifPresent(logs::log);
    }
}
