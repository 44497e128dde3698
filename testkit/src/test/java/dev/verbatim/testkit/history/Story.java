package dev.verbatim.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;

/** A short history told by hand, of user u and conversation c unless said otherwise; times in milliseconds. */
final class Story {
    private final List<Operation> operations = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final List<FinalConversation> end = new ArrayList<>();
    private String user = "u";

    /** From here on the calls are another user's. */
    Story as(String otherUser) {
        user = otherUser;
        return this;
    }

    private Call call(String session, long asked, long answered) {
        return new Call(user, session, "c", millis(asked), millis(answered));
    }

    private static long millis(long millis) {
        return Duration.ofMillis(millis).toNanos();
    }

    static Line line(String id, long seq) {
        return new Line(id, seq, (id + "@" + seq).hashCode(), id.hashCode());
    }

    /** The messages from {@code first} on. */
    static List<Line> lines(long first, String... ids) {
        List<Line> lines = new ArrayList<>();
        for (String id : ids) {
            lines.add(line(id, first + lines.size()));
        }
        return lines;
    }

    private static List<Written> written(String... ids) {
        return Arrays.stream(ids).map(id -> new Written(id, id.hashCode())).toList();
    }

    /** An append whose messages were told to be at {@code first} and on. */
    Story append(String session, long asked, long answered, long gen, long first, String... ids) {
        List<Line> lines = lines(first, ids);
        return append(session, asked, answered, new Answer.Known(gen, first + ids.length - 1, lines), ids);
    }

    Story append(String session, long asked, long answered, Answer answer, String... ids) {
        return add(new Append(call(session, asked, answered), written(ids), answer));
    }

    Story create(String session, long asked, long answered, long gen) {
        return add(new Create(call(session, asked, answered), new Answer.Known(gen, 0, List.of())));
    }

    Story delete(String session, long asked, long answered, Answer answer) {
        return change(session, asked, answered, new Change.Delete(), answer);
    }

    Story change(String session, long asked, long answered, Change.What what, Answer answer) {
        return add(new Change(call(session, asked, answered), what, answer));
    }

    Story edit(String session, long asked, long answered, String id, long content) {
        return change(session, asked, answered, new Change.Edit(new Written(id, content)), Answer.Other.DONE);
    }

    /** A read of all, which showed these. */
    Story read(String session, long asked, long answered, long gen, String... ids) {
        return read(session, asked, answered, SliceAsked.newest(100), gen, ids.length, lines(1, ids));
    }

    Story read(String session, long asked, long answered, SliceAsked slice, long gen, long lastSeq, List<Line> lines) {
        return read(session, asked, answered, slice, new Answer.Known(gen, lastSeq, lines), false, false);
    }

    Story notFound(String session, long asked, long answered) {
        return read(session, asked, answered, SliceAsked.newest(100), Answer.Other.NOT_FOUND, false, false);
    }

    Story notFound(String session, long asked, long answered, SliceAsked slice, boolean marked) {
        return read(session, asked, answered, slice, Answer.Other.NOT_FOUND, marked, false);
    }

    Story marked(String session, long asked, long answered, long gen, String... ids) {
        Answer answer = new Answer.Known(gen, ids.length, lines(1, ids));
        return read(session, asked, answered, SliceAsked.newest(100), answer, true, false);
    }

    Story quiet(long asked, long gen, String... ids) {
        return quiet(asked, new Answer.Known(gen, ids.length, lines(1, ids)));
    }

    Story quiet(long asked, Answer answer) {
        return read("q", asked, asked + 1, SliceAsked.newest(100), answer, false, true);
    }

    private Story read(
            String session, long asked, long answered, SliceAsked slice, Answer answer, boolean marked, boolean quiet) {
        return add(new Read(call(session, asked, answered), slice, answer, marked, quiet));
    }

    private Story add(Operation operation) {
        operations.add(operation);
        return this;
    }

    Story fault(long from, long to) {
        faults.add(new Fault("redis-killed", millis(from), millis(to)));
        return this;
    }

    /** What PostgreSQL has of the conversation in the end. */
    Story end(long gen, String... ids) {
        return end(gen, lines(1, ids));
    }

    Story end(long gen, List<Line> lines) {
        end.add(new FinalConversation(user, "c", gen, lines));
        return this;
    }

    Report report() {
        return report(operations);
    }

    private Report report(List<Operation> inThisOrder) {
        return HistoryChecker.check(new History(inThisOrder, faults, end));
    }

    void isRight() {
        breaks();
        assertThat(report().isClean()).isTrue();
    }

    /** Exactly these kinds are broken, once each, in whatever order the calls were recorded. */
    void breaks(Broken... kinds) {
        breaks(operations, kinds);
        breaks(operations.reversed(), kinds);
    }

    private void breaks(List<Operation> inThisOrder, Broken... kinds) {
        Report report = report(inThisOrder);
        assertThat(report.examples())
                .extracting(Violation::kind)
                .containsExactlyInAnyOrderElementsOf(Stream.of(kinds).toList());
        assertThat(report.violations()).containsOnlyKeys(kinds);
    }
}
