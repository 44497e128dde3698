package dev.verbatim.testkit.history;

import static dev.verbatim.testkit.history.SliceAsked.NONE;

import java.util.List;
import org.junit.jupiter.api.Test;

/** Every read is an exact slice of a conversation that ends where the answer says. */
final class SlicesTest {
    private final Story story =
            new Story().append("a", 0, 1, 5, 1, "p", "q", "r", "s", "t").end(5, "p", "q", "r", "s", "t");

    private Story read(long after, long before, int limit, List<Line> shown) {
        return story.read("b", 2, 3, new SliceAsked(after, before, limit, 0, false), 5, 5, shown);
    }

    @Test
    void theNewest() {
        read(NONE, NONE, 2, Story.lines(4, "s", "t")).isRight();
    }

    @Test
    void theNewestAreNotTheNewest() {
        read(NONE, NONE, 2, Story.lines(3, "r", "s")).breaks(Broken.NOT_THE_SLICE);
    }

    @Test
    void oneIsMissing() {
        read(NONE, NONE, 3, List.of(Story.line("q", 2), Story.line("s", 4), Story.line("t", 5)))
                .breaks(Broken.NOT_THE_SLICE);
    }

    @Test
    void tooFew() {
        read(NONE, NONE, 3, Story.lines(4, "s", "t")).breaks(Broken.NOT_THE_SLICE);
    }

    @Test
    void tooMany() {
        read(NONE, NONE, 1, Story.lines(4, "s", "t")).breaks(Broken.NOT_THE_SLICE);
    }

    @Test
    void below() {
        read(NONE, 4, 2, Story.lines(2, "q", "r")).isRight();
    }

    @Test
    void belowIsExclusive() {
        read(NONE, 4, 2, Story.lines(3, "r", "s")).breaks(Broken.NOT_THE_SLICE);
    }

    @Test
    void whatFollows() {
        read(1, NONE, 3, Story.lines(2, "q", "r", "s")).isRight();
    }

    @Test
    void whatFollowsBelowABound() {
        read(1, 4, 3, Story.lines(2, "q", "r")).isRight();
    }

    @Test
    void whatFollowsIsTheNewestInstead() {
        read(0, NONE, 2, Story.lines(4, "s", "t")).breaks(Broken.NOT_THE_SLICE);
    }

    @Test
    void nothingFollowsTheEnd() {
        read(5, NONE, 3, List.of()).isRight();
    }

    @Test
    void nothingIsShownThoughThereIsSome() {
        read(NONE, NONE, 3, List.of()).breaks(Broken.NOT_THE_SLICE);
    }
}
