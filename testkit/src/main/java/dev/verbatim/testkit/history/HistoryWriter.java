package dev.verbatim.testkit.history;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Writes a history as text, one thing a line, fields split by spaces:
 *
 * <pre>
 * verbatim-history 1
 * line NUMBER ID SEQ HASH CONTENT                 a message, called by its number from here on
 * begun|ended|whole CALL OPERATION                begun: to be ended, or its outcome is unknown; CALL is 0 for whole
 * fault NAME FROM TO
 * log CONVERSATIONS                               the final log follows
 * conversation USER ID GEN COUNT NUMBER...
 * </pre>
 *
 * <p>{@link OperationText} says what OPERATION is. Thread-safe.
 */
final class HistoryWriter implements AutoCloseable {
    static final String HEADER = "verbatim-history 1";

    /** In place of a number: the call was not noted when it began. */
    static final long WHOLE = 0;

    private final Writer out;
    private final int remembered;
    private final Map<Line, Long> numbers = new HashMap<>();
    private final StringBuilder text = new StringBuilder();
    private long lines;
    private long calls;

    /**
     * Begins a history.
     *
     * @param remembered after so many messages all their numbers are forgotten, so that a client stays small
     */
    HistoryWriter(Writer out, int remembered) {
        this.out = out;
        this.remembered = remembered;
        text.append(HEADER);
        write(true);
    }

    synchronized long begun(Operation operation) {
        calls++;
        operation("begun", calls, operation, true);
        return calls;
    }

    synchronized void ended(long call, Operation operation) {
        operation(call == WHOLE ? "whole" : "ended", call, operation, false);
    }

    synchronized void operation(Operation operation) {
        ended(WHOLE, operation);
    }

    private void operation(String state, long call, Operation operation, boolean flush) {
        if (operation.answer() instanceof Answer.Known known) {
            define(known.lines());
        }
        text.append(state).append(' ').append(call);
        OperationText.write(operation, text, this::number);
        write(flush);
    }

    synchronized void fault(Fault fault) {
        text.append("fault ").append(fault.name());
        text.append(' ').append(fault.from()).append(' ').append(fault.to());
        write(true);
    }

    synchronized void finalLog(List<FinalConversation> conversations) {
        text.append("log ").append(conversations.size());
        write(false);
        conversations.forEach(this::conversation);
        write(true);
    }

    private void conversation(FinalConversation conversation) {
        define(conversation.lines());
        text.append("conversation ").append(conversation.user()).append(' ').append(conversation.conversation());
        text.append(' ').append(conversation.gen());
        OperationText.numbers(conversation.lines(), text, this::number);
        write(false);
    }

    /** Gives numbers to all lines that something shows, which then may be used until the next such call. */
    private void define(List<Line> shown) {
        if (numbers.size() > remembered) {
            numbers.clear();
        }
        shown.forEach(this::define);
    }

    private void define(Line line) {
        if (numbers.containsKey(line)) {
            return;
        }
        numbers.put(line, lines);
        text.append("line ")
                .append(lines++)
                .append(' ')
                .append(line.id())
                .append(' ')
                .append(line.seq());
        text.append(' ').append(Long.toHexString(line.hash()));
        text.append(' ').append(Long.toHexString(line.content()));
        write(false);
    }

    private long number(Line line) {
        Long number = numbers.get(line);
        if (number == null) {
            throw new IllegalStateException(line + " has no number yet");
        }
        return number;
    }

    private void write(boolean flush) {
        try {
            if (!text.isEmpty()) {
                out.append(text.append('\n'));
                text.setLength(0);
            }
            if (flush) {
                out.flush();
            }
        } catch (IOException e) {
            throw new UncheckedIOException("the history cannot be written", e);
        }
    }

    @Override
    public synchronized void close() {
        try {
            out.close();
        } catch (IOException e) {
            throw new UncheckedIOException("the history cannot be written to its end", e);
        }
    }
}
