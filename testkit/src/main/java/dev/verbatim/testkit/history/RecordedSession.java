package dev.verbatim.testkit.history;

import java.util.List;
import java.util.function.BiFunction;

/**
 * Records the calls of one client. Begin a call with one of these methods just before it is sent, and end it with one of
 * {@link RecordedCall}'s just after the answer.
 */
public final class RecordedSession {
    private final HistoryWriter writer;
    private final String user;
    private final String session;

    RecordedSession(HistoryWriter writer, String user, String session) {
        this.writer = writer;
        this.user = user;
        this.session = session;
    }

    /** Messages are about to be sent. */
    public RecordedCall append(String conversation, List<Written> messages) {
        return begin(conversation, true, (call, answer) -> new Append(call, messages, answer.answer()));
    }

    /** A conversation is about to be made. */
    public RecordedCall create(String conversation) {
        return begin(conversation, true, (call, answer) -> new Create(call, answer.answer()));
    }

    /** A conversation is about to be deleted, truncated or edited. */
    public RecordedCall change(String conversation, Change.What what) {
        return begin(conversation, true, (call, answer) -> new Change(call, what, answer.answer()));
    }

    /** A slice is about to be read. */
    public RecordedCall read(String conversation, SliceAsked slice) {
        return begin(
                conversation, false, (call, answer) -> new Read(call, slice, answer.answer(), answer.marked(), false));
    }

    /** A slice is about to be read after everything came to rest. */
    public RecordedCall quietRead(String conversation, SliceAsked slice) {
        return begin(
                conversation, false, (call, answer) -> new Read(call, slice, answer.answer(), answer.marked(), true));
    }

    private RecordedCall begin(
            String conversation, boolean changes, BiFunction<Call, RecordedCall.Ended, Operation> operation) {
        long asked = System.nanoTime();
        RecordedCall.Making making =
                (answered, answer) -> operation.apply(new Call(user, session, conversation, asked, answered), answer);
        long number = changes ? writer.begun(making.make(Call.NEVER, RecordedCall.Ended.NOT_YET)) : HistoryWriter.WHOLE;
        return new RecordedCall(writer, number, making);
    }
}
