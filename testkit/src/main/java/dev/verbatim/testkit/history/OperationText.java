package dev.verbatim.testkit.history;

import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.ToLongFunction;

/**
 * An operation as text: {@code USER SESSION CONVERSATION ASKED ANSWERED ANSWER KIND}, where ANSWER is {@code known GEN
 * LAST_SEQ COUNT NUMBER...} or the name of another one, and KIND is one of
 *
 * <pre>
 * append COUNT (ID CONTENT)...
 * create
 * read AFTER BEFORE LIMIT MIN_SEQ FRESH MARKED QUIET
 * delete
 * truncate AFTER_SEQ
 * edit ID CONTENT
 * </pre>
 */
final class OperationText {
    private OperationText() {}

    static void write(Operation operation, StringBuilder text, ToLongFunction<Line> numbers) {
        Call call = operation.call();
        text.append(' ')
                .append(call.user())
                .append(' ')
                .append(call.session())
                .append(' ')
                .append(call.conversation());
        text.append(' ').append(call.asked()).append(' ').append(call.answered());
        switch (operation.answer()) {
            case Answer.Known known -> {
                text.append(" known ").append(known.gen()).append(' ').append(known.lastSeq());
                numbers(known.lines(), text, numbers);
            }
            case Answer.Other other -> text.append(' ').append(other.name());
        }
        switch (operation) {
            case Append append -> append(append, text);
            case Create create -> text.append(" create");
            case Read read -> read(read, text);
            case Change change -> change(change, text);
        }
    }

    static void numbers(List<Line> lines, StringBuilder text, ToLongFunction<Line> numbers) {
        text.append(' ').append(lines.size());
        for (Line line : lines) {
            text.append(' ').append(numbers.applyAsLong(line));
        }
    }

    private static void append(Append append, StringBuilder text) {
        text.append(" append ").append(append.messages().size());
        append.messages().forEach(message -> written(message, text));
    }

    private static void written(Written message, StringBuilder text) {
        text.append(' ').append(message.id()).append(' ').append(Long.toHexString(message.content()));
    }

    private static void read(Read read, StringBuilder text) {
        SliceAsked slice = read.slice();
        text.append(" read ").append(slice.after()).append(' ').append(slice.before());
        text.append(' ')
                .append(slice.limit())
                .append(' ')
                .append(slice.minSeq())
                .append(' ')
                .append(slice.fresh());
        text.append(' ').append(read.marked()).append(' ').append(read.quiet());
    }

    private static void change(Change change, StringBuilder text) {
        switch (change.what()) {
            case Change.Delete all -> text.append(" delete");
            case Change.Truncate end -> text.append(" truncate ").append(end.afterSeq());
            case Change.Edit edit -> {
                text.append(" edit");
                written(edit.message(), text);
            }
        }
    }

    static Operation read(Fields fields, LongFunction<Line> lines) {
        Call call = new Call(fields.name(), fields.name(), fields.name(), fields.number(), fields.number());
        Answer answer = answer(fields, lines);
        String kind = fields.next();
        return switch (kind) {
            case "append" -> new Append(call, written(fields), answer);
            case "create" -> new Create(call, answer);
            case "read" -> new Read(call, slice(fields), answer, fields.flag(), fields.flag());
            case "delete" -> new Change(call, new Change.Delete(), answer);
            case "truncate" -> new Change(call, new Change.Truncate(fields.number()), answer);
            case "edit" -> new Change(call, new Change.Edit(message(fields)), answer);
            default -> throw new IllegalArgumentException("an operation cannot be \"" + kind + "\"");
        };
    }

    private static Answer answer(Fields fields, LongFunction<Line> lines) {
        String answer = fields.next();
        return answer.equals("known")
                ? new Answer.Known(fields.number(), fields.number(), lines(fields, lines))
                : Answer.Other.valueOf(answer);
    }

    static List<Line> lines(Fields fields, LongFunction<Line> lines) {
        Line[] found = new Line[fields.count()];
        for (int i = 0; i < found.length; i++) {
            found[i] = lines.apply(fields.number());
        }
        return List.of(found);
    }

    private static List<Written> written(Fields fields) {
        int count = fields.count();
        List<Written> messages = new ArrayList<>(count);
        for (int i = 0; i < count; i++) {
            messages.add(message(fields));
        }
        return messages;
    }

    private static Written message(Fields fields) {
        return new Written(fields.name(), fields.hash());
    }

    private static SliceAsked slice(Fields fields) {
        return new SliceAsked(fields.number(), fields.number(), fields.count(), fields.number(), fields.flag());
    }
}
