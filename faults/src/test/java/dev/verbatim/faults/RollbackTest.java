package dev.verbatim.faults;

import static org.assertj.core.api.Assertions.assertThat;

import dev.verbatim.testkit.history.Answer;
import dev.verbatim.testkit.history.Append;
import dev.verbatim.testkit.history.Call;
import dev.verbatim.testkit.history.FinalConversation;
import dev.verbatim.testkit.history.History;
import dev.verbatim.testkit.history.HistoryChecker;
import dev.verbatim.testkit.history.Line;
import dev.verbatim.testkit.history.Operation;
import dev.verbatim.testkit.history.Read;
import dev.verbatim.testkit.history.SliceAsked;
import dev.verbatim.testkit.history.Written;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What is excused after PostgreSQL lost its last commits, and what is not. */
final class RollbackTest {
    private static final Line FIRST = new Line("m1", 1, 11, 101);
    private static final Line LOST = new Line("m2", 2, 12, 102);
    private static final FinalConversation KEPT = new FinalConversation("u", "c", 5, List.of(FIRST));

    private final Rollback rollback = new Rollback(List.of(KEPT), 1_000, 3_000, 5_000);

    private static Append append(Line line, long asked) {
        Answer answer = new Answer.Known(5, line.seq(), List.of(line));
        return new Append(call("writer", asked), List.of(new Written(line.id(), line.content())), answer);
    }

    private static Read read(long asked, boolean marked, Line... lines) {
        Answer answer = new Answer.Known(5, lines.length, List.of(lines));
        return new Read(call("reader", asked), SliceAsked.newest(20), answer, marked, false);
    }

    private static Call call(String session, long asked) {
        return new Call("u", session + asked, "c", asked, asked + 10);
    }

    private boolean isClean(Operation... operations) {
        History history = new History(List.of(operations), List.of(), List.of(KEPT));
        return HistoryChecker.check(rollback.of(history)).isClean();
    }

    @Test
    void whatWasAcknowledgedJustBeforeMayBeLostAndMayHaveBeenRead() {
        assertThat(isClean(append(FIRST, 100), append(LOST, 1_500), read(1_600, false, FIRST, LOST)))
                .isTrue();
        assertThat(isClean(append(FIRST, 100), append(LOST, 1_500), read(4_000, true, FIRST, LOST)))
                .isTrue();
        assertThat(isClean(append(FIRST, 100), append(LOST, 1_500), read(4_000, false, FIRST)))
                .isTrue();
    }

    @Test
    void whatWasAcknowledgedLongBeforeMayNotBeLost() {
        assertThat(isClean(append(FIRST, 100), append(LOST, 500))).isFalse();
    }

    @Test
    void whatWasAcknowledgedAfterwardsMayNotBeLost() {
        assertThat(isClean(append(FIRST, 100), append(LOST, 4_000))).isFalse();
    }

    @Test
    void whatIsLostMayNotBeShownForLong() {
        assertThat(isClean(append(FIRST, 100), append(LOST, 1_500), read(4_000, false, FIRST, LOST)))
                .isFalse();
        assertThat(isClean(append(FIRST, 100), append(LOST, 1_500), read(6_000, true, FIRST, LOST)))
                .isFalse();
    }
}
