package dev.verbatim.testkit.history;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Whatever is shown of a conversation, by an answer or by PostgreSQL, its user has sent to it: the same id with the same
 * content, in an append or edit of whatever outcome.
 */
final class NothingForeign implements Invariant {
    private final List<Operation> all;

    /** Who sent a message, made when first needed. */
    private @Nullable Map<String, Append> senders;

    NothingForeign(List<Operation> all) {
        this.all = all;
    }

    @Override
    public void check(ConversationHistory conversation, Findings findings) {
        conversation.operations.forEach(operation -> check(conversation, operation, findings));
        conversation.quietReads.forEach(read -> check(conversation, read, findings));
        for (Line line : conversation.endLines()) {
            if (!conversation.written.has(line)) {
                findings.add(
                        Broken.FOREIGN,
                        () -> "PostgreSQL has " + line + " in " + conversation.key + ", " + sender(line, findings));
            }
        }
    }

    private void check(ConversationHistory conversation, Operation operation, Findings findings) {
        if (operation.answer() instanceof Answer.Known known) {
            for (Line line : known.lines()) {
                if (!conversation.written.has(line)) {
                    findings.add(Broken.FOREIGN, operation, () -> "shows " + line + ", " + sender(line, findings));
                    return;
                }
            }
        }
    }

    private String sender(Line line, Findings findings) {
        if (senders == null) {
            senders = new HashMap<>();
            for (Operation operation : all) {
                if (operation instanceof Append append) {
                    append.messages().forEach(message -> senders.put(message.id(), append));
                }
            }
        }
        Append sender = senders.get(line.id());
        return sender == null
                ? "which nobody sent"
                : "which was not sent to it in these bytes, but in " + findings.name(sender);
    }
}
