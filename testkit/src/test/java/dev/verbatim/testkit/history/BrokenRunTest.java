package dev.verbatim.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** One thing changed in one place of a large right history is found, and nothing else is. */
final class BrokenRunTest {
    private static final History RIGHT = SimulatedRun.of(99, 30_000, false);

    private static final Map<Key, FinalConversation> END = end();
    private static final Set<Line> ACKNOWLEDGED = acknowledged();

    private static Map<Key, FinalConversation> end() {
        Map<Key, FinalConversation> end = new HashMap<>();
        RIGHT.finalLog().forEach(conversation -> end.put(conversation.key(), conversation));
        return end;
    }

    private static Set<Line> acknowledged() {
        Set<Line> acknowledged = new HashSet<>();
        for (Operation operation : RIGHT.operations()) {
            if (operation instanceof Append && operation.answer() instanceof Answer.Known known) {
                acknowledged.addAll(known.lines());
            }
        }
        return acknowledged;
    }

    private static void breaks(History broken, Broken kind) {
        Report report = HistoryChecker.check(broken);
        assertThat(report.violations()).containsOnlyKeys(kind);
        assertThat(report.violations().get(kind)).as("%s", report.examples()).isEqualTo(1);
    }

    /** The right history, but for one conversation of PostgreSQL's. */
    private static History withEnd(
            long seed, Predicate<FinalConversation> suitable, Function<List<Line>, List<Line>> change) {
        List<FinalConversation> end = new ArrayList<>(RIGHT.finalLog());
        Collections.shuffle(end, new Random(seed));
        FinalConversation found = end.stream()
                .filter(conversation -> !conversation.lines().isEmpty())
                .filter(suitable)
                .findFirst()
                .orElseThrow();
        end.set(
                end.indexOf(found),
                new FinalConversation(found.user(), found.conversation(), found.gen(), change.apply(found.lines())));
        return new History(RIGHT.operations(), RIGHT.faults(), end);
    }

    /** The right history, but for what one read of a last generation, of two messages or more and not marked, showed. */
    private static History withRead(long seed, Predicate<Read> suitable, Function<List<Line>, List<Line>> change) {
        Random random = new Random(seed);
        List<Operation> operations = new ArrayList<>(RIGHT.operations());
        for (int i = random.nextInt(operations.size()); ; i = (i + 1) % operations.size()) {
            if (operations.get(i) instanceof Read read
                    && !read.marked()
                    && read.answer() instanceof Answer.Known known
                    && known.lines().size() > 1
                    && isLast(read, known)
                    && suitable.test(read)) {
                List<Line> shown = change.apply(known.lines());
                long end = known.lastSeq() + shown.size() - known.lines().size();
                Answer answer = new Answer.Known(known.gen(), end, shown);
                operations.set(i, new Read(read.call(), read.slice(), answer, false, false));
                return new History(operations, RIGHT.faults(), RIGHT.finalLog());
            }
        }
    }

    private static boolean isLast(Read read, Answer.Known known) {
        FinalConversation end = END.get(read.call().key());
        return end != null && end.gen() == known.gen();
    }

    private static List<Line> withLast(List<Line> lines, Line last) {
        List<Line> changed = new ArrayList<>(lines);
        changed.set(changed.size() - 1, last);
        return changed;
    }

    @Test
    void nothingIsFoundInTheRightOne() {
        assertThat(HistoryChecker.check(RIGHT).examples()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anAcknowledgedMessageIsNotInPostgres(long seed) {
        History broken = withEnd(
                seed,
                conversation -> ACKNOWLEDGED.contains(conversation.lines().getLast()),
                lines -> lines.subList(0, lines.size() - 1));
        breaks(broken, Broken.LOST);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void anIdIsInPostgresTwice(long seed) {
        History broken = withEnd(seed, conversation -> true, lines -> {
            List<Line> more = new ArrayList<>(lines);
            more.add(new Line(
                    lines.getFirst().id(),
                    lines.size() + 1L,
                    1,
                    lines.getFirst().content()));
            return more;
        });
        breaks(broken, Broken.TWICE);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aReadShowsOtherBytes(long seed) {
        History broken = withRead(seed, read -> true, lines -> {
            Line last = lines.getLast();
            return withLast(lines, new Line(last.id(), last.seq(), ~last.hash(), last.content()));
        });
        breaks(broken, Broken.CHANGED);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aReadShowsAnotherUsersMessage(long seed) {
        Line foreign = ACKNOWLEDGED.iterator().next();
        History broken = withRead(
                seed,
                read -> ((Answer.Known) read.answer()).lines().stream().noneMatch(line -> line.equals(foreign)),
                lines -> withLast(lines, new Line(foreign.id(), lines.getLast().seq(), 1, foreign.content())));
        breaks(broken, Broken.FOREIGN);
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aReadLeavesAMessageOut(long seed) {
        History broken = withRead(seed, read -> true, lines -> {
            List<Line> hole = new ArrayList<>(lines);
            hole.set(0, lines.get(1));
            return hole;
        });
        breaks(broken, Broken.NOT_THE_SLICE);
    }

    /** Which promise it is named after depends on who knew of the newest. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2})
    void aReadMissesTheNewestAcknowledged(long seed) {
        History broken = withRead(
                seed,
                read -> isAllOf(read)
                        && RIGHT.faults().stream().noneMatch(fault -> isNear(read, fault))
                        && isAcknowledgedBefore(read),
                lines -> lines.subList(0, lines.size() - 1));
        Report report = HistoryChecker.check(broken);
        assertThat(report.violations().values()).as("%s", report.examples()).containsExactly(1L);
        assertThat(report.violations().keySet())
                .isSubsetOf(Broken.MISSED_ACKNOWLEDGED, Broken.MISSED_OWN_WRITE, Broken.WENT_BACK);
        assertThat(report.outside().max()).isPositive();
    }

    private static boolean isNear(Read read, Fault fault) {
        long settling = Limits.PROMISED.settling();
        return read.call().answered() >= fault.from() && read.call().asked() <= fault.to() + settling;
    }

    private static boolean isAllOf(Read read) {
        return read.slice().equals(SliceAsked.newest(20)) && ((Answer.Known) read.answer()).lastSeq() < 20;
    }

    private static boolean isAcknowledgedBefore(Read read) {
        Answer.Known shown = (Answer.Known) read.answer();
        return RIGHT.operations().stream()
                .anyMatch(operation -> operation instanceof Append append
                        && append.call().key().equals(read.call().key())
                        && append.call().answered() < read.call().asked()
                        && append.answer() instanceof Answer.Known known
                        && known.gen() == shown.gen()
                        && known.lastSeq() == shown.lastSeq());
    }
}
