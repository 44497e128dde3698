package dev.verbatim.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

/** What PostgreSQL's final log, acknowledgements and reads say must fit together. */
final class LogPromisesTest {
    private final Story story = new Story();

    @Test
    void whatIsAcknowledgedReadAndThereIsRight() {
        story.append("a", 0, 1, 5, 1, "x").append("b", 2, 3, 5, 2, "y", "z");
        story.read("a", 4, 5, 5, "x", "y", "z").quiet(9, 5, "x", "y", "z");
        story.end(5, "x", "y", "z").isRight();
    }

    @Test
    void anUnknownOutcomeIsRightEitherWay() {
        story.append("a", 0, 1, Answer.Other.UNKNOWN, "x").append("b", 2, 3, Answer.Other.UNKNOWN, "y");
        story.append("c", 4, 5, Answer.Other.FAILED, "z");
        story.end(5, "y").isRight();
    }

    @Test
    void anAcknowledgedMessageIsLost() {
        story.append("a", 0, 1, 5, 1, "x").append("a", 2, 3, 5, 2, "y");
        story.read("b", 4, 5, 5, "x", "y");
        story.end(5, "x").breaks(Broken.LOST);
    }

    @Test
    void anAcknowledgedMessageIsLostAndAnotherIsInItsPlace() {
        story.append("a", 0, 1, 5, 1, "x").append("b", 0, 1, Answer.Other.UNKNOWN, "y");
        story.end(5, "y").breaks(Broken.LOST);
    }

    @Test
    void aLostMessageIsCountedOnceHoweverOftenItWasAcknowledged() {
        story.append("a", 0, 1, 5, 1, "x").append("b", 2, 3, 5, 1, "x");
        story.end(5).breaks(Broken.LOST);
    }

    @Test
    void anAcknowledgedConversationIsLost() {
        story.create("a", 0, 1, 5).breaks(Broken.LOST);
    }

    @Test
    void aMessageIsLostThoughTheGenerationIsANewOneThatNobodyMade() {
        story.append("a", 0, 1, 5, 1, "x");
        story.end(7).breaks(Broken.LOST);
    }

    @Test
    void aMessageIsLostThoughSomethingWasDeletedBefore() {
        story.delete("a", 0, 1, Answer.Other.DONE).append("a", 2, 3, 5, 1, "x");
        story.end(7).breaks(Broken.LOST);
    }

    @Test
    void aMessageIsGoneWithItsConversation() {
        story.append("a", 0, 3, 5, 1, "x").delete("b", 1, 2, Answer.Other.UNKNOWN);
        story.isRight();
    }

    @Test
    void aRolledBackGenerationLosesWhatWasAcknowledgedInIt() {
        story.append("a", 0, 1, 5, 1, "x").delete("a", 2, 3, Answer.Other.DONE);
        story.create("a", 4, 5, 6).append("a", 6, 7, 6, 1, "y");
        story.end(5, "x").breaks(Broken.LOST, Broken.LOST);
    }

    @Test
    void aRolledBackGenerationLosesWhatWasAcknowledgedInItThoughTheMessageIsThere() {
        story.append("a", 0, 1, 5, 1, "x").edit("a", 2, 3, "x", "x".hashCode());
        story.append("a", 4, 5, 6, 1, "x");
        story.end(5, "x").breaks(Broken.LOST);
    }

    @Test
    void aDeletionThatWasNotMadeTakesNothingAway() {
        story.append("a", 0, 1, 5, 1, "x").delete("a", 2, 3, Answer.Other.UNKNOWN);
        story.end(5).breaks(Broken.LOST);
    }

    @Test
    void aDeletionThatFoundNothingTakesNothingAway() {
        story.append("a", 0, 3, 5, 1, "x").delete("b", 1, 2, Answer.Other.NOT_FOUND);
        story.breaks(Broken.LOST);
    }

    @Test
    void aDeletionThatFailedMayHaveBeenMade() {
        story.append("a", 0, 1, 5, 1, "x")
                .delete("a", 2, 3, Answer.Other.FAILED)
                .isRight();
    }

    @Test
    void aDeletionAfterAnotherChangeTakesAway() {
        story.append("a", 0, 1, 5, 1, "x").edit("a", 2, 3, "x", 99);
        story.delete("a", 4, 5, Answer.Other.DONE).create("a", 6, 7, 8);
        story.end(8).isRight();
    }

    @Test
    void aTruncatedMessageIsNotLostAndTheOneBelowIs() {
        story.append("a", 0, 1, 5, 1, "x", "y");
        story.change("a", 2, 3, new Change.Truncate(1), Answer.Other.DONE);
        story.end(6, "x").isRight();
        Story other = new Story().append("a", 0, 1, 5, 1, "x", "y");
        other.change("a", 2, 3, new Change.Truncate(1), Answer.Other.DONE);
        other.end(6).breaks(Broken.LOST);
    }

    @Test
    void whatWasReadVanishes() {
        story.append("a", 0, 9, Answer.Other.UNKNOWN, "x").read("b", 4, 5, 5, "x");
        story.end(5).breaks(Broken.VANISHED);
    }

    @Test
    void aGenerationThatWasReadVanishes() {
        story.append("a", 0, 9, Answer.Other.UNKNOWN, "x").read("b", 4, 5, 6, "x");
        story.end(5, "x").breaks(Broken.VANISHED);
    }

    @Test
    void aConversationThatWasReadVanishes() {
        story.append("a", 0, 9, Answer.Other.UNKNOWN, "x").read("b", 4, 5, 5, "x");
        story.breaks(Broken.VANISHED);
    }

    @Test
    void aGenerationThatWasAcknowledgedAndReadIsLost() {
        story.append("a", 0, 1, Answer.Other.UNKNOWN, "x").create("a", 2, 3, 6).read("b", 4, 5, 6);
        story.end(5, "x").breaks(Broken.LOST);
    }

    @Test
    void anEndThatWasToldIsNeverReached() {
        story.append("a", 0, 1, 5, 1, "x");
        story.read("b", 4, 5, new SliceAsked(0, 2, 1, 0, false), 5, 2, Story.lines(1, "x"));
        story.end(5, "x").breaks(Broken.VANISHED);
    }

    @Test
    void aMessageIsThereTwice() {
        story.append("a", 0, 1, 5, 1, "x");
        story.end(5, "x", "x").breaks(Broken.TWICE);
    }

    @Test
    void aMessageWasThereTwiceInAGenerationThatIsGone() {
        story.append("a", 0, 1, 5, 1, "x").read("b", 2, 3, 5, "x", "x").delete("a", 4, 5, Answer.Other.DONE);
        story.breaks(Broken.TWICE);
    }

    @Test
    void aNumberIsMissing() {
        story.append("a", 0, 1, 5, 1, "x").append("b", 2, 3, Answer.Other.UNKNOWN, "y");
        story.end(5, List.of(Story.line("x", 1), Story.line("y", 3))).breaks(Broken.GAP);
    }

    @Test
    void theBytesOfAnAcknowledgedMessageChange() {
        story.append("a", 0, 1, 5, 1, "x");
        story.end(5, List.of(new Line("x", 1, 77, "x".hashCode()))).breaks(Broken.CHANGED);
    }

    @Test
    void aReadShowsOtherBytes() {
        story.append("a", 0, 1, 5, 1, "x");
        story.read("b", 2, 3, SliceAsked.newest(9), 5, 1, List.of(new Line("x", 1, 77, "x".hashCode())));
        story.end(5, "x").breaks(Broken.CHANGED);
    }

    @Test
    void aReadShowsMessagesInOneAnothersPlace() {
        story.append("a", 0, 1, 5, 1, "x").append("b", 0, 1, 5, 2, "y").read("b", 2, 3, 5, "y", "x");
        story.end(5, "x", "y").breaks(Broken.CHANGED);
    }

    @Test
    void twoReadsContradictEachOtherAboutAGenerationThatIsGone() {
        story.append("a", 0, 9, Answer.Other.UNKNOWN, "x").append("b", 0, 9, Answer.Other.UNKNOWN, "y");
        story.read("d", 4, 5, 5, "y").read("c", 2, 3, 5, "x").delete("c", 10, 11, Answer.Other.DONE);
        story.breaks(Broken.CHANGED);
        assertThat(story.report().examples().getFirst().text()).as("the later").startsWith("read of u/c by d ");
    }

    @Test
    void anAcknowledgementTellsAnotherNumberThanThereIs() {
        story.append("a", 0, 9, 5, 1, "x").append("b", 0, 9, 5, 1, "y");
        story.end(5, "x", "y").breaks(Broken.CHANGED);
    }

    @Test
    void anEditedMessageKeepsItsPlaceWithOtherBytes() {
        Line edited = new Line("x", 1, 78, 99);
        story.append("a", 0, 1, 5, 1, "x").edit("a", 2, 3, "x", 99);
        story.read("b", 4, 5, SliceAsked.newest(9), 6, 1, List.of(edited));
        story.end(6, List.of(edited)).isRight();
    }

    @Test
    void aRepeatReturnsTheFirstNumber() {
        story.append("a", 0, 1, Answer.Other.UNKNOWN, "x").append("b", 2, 3, 5, 2, "y");
        story.append("a", 4, 5, new Answer.Known(5, 2, Story.lines(1, "x")), "x");
        story.append("a", 6, 7, new Answer.Known(5, 2, Story.lines(1, "x")), "x");
        story.end(5, "x", "y").isRight();
    }

    @Test
    void aRepeatGetsAnotherNumber() {
        story.append("a", 0, 1, 5, 1, "x").append("a", 2, 3, 5, 2, "x");
        story.end(5, "x").breaks(Broken.REPEAT_MOVED);
    }

    @Test
    void aLaterAppendGetsALowerNumber() {
        story.append("a", 0, 1, new Answer.Known(5, 2, Story.lines(2, "x")), "x")
                .append("b", 2, 3, 5, 1, "y");
        story.end(5, "y", "x").breaks(Broken.OUT_OF_ORDER);
    }

    @Test
    void aLaterAppendOfUnknownOutcomeIsStoredBelow() {
        story.append("a", 0, 1, new Answer.Known(5, 2, Story.lines(2, "x")), "x");
        story.append("b", 2, 3, Answer.Other.UNKNOWN, "y");
        story.end(5, "y", "x").breaks(Broken.OUT_OF_ORDER);
    }

    @Test
    void appendsAtTheSameTimeAreInAnyOrder() {
        story.append("a", 0, 3, new Answer.Known(5, 2, Story.lines(2, "x")), "x")
                .append("b", 2, 3, 5, 1, "y");
        story.end(5, "y", "x").isRight();
    }

    @Test
    void messagesOfOneAppendAreNotInItsOrder() {
        story.append("a", 0, 1, new Answer.Known(5, 2, List.of(Story.line("x", 2), Story.line("y", 1))), "x", "y");
        story.end(5, "y", "x").breaks(Broken.OUT_OF_ORDER);
    }

    @Test
    void aRepeatComesBeforeWhatIsSentWithIt() {
        story.append("a", 0, 1, 5, 1, "x");
        List<Line> stored = List.of(Story.line("y", 2), Story.line("x", 1));
        story.append("a", 2, 3, new Answer.Known(5, 2, stored), "y", "x");
        story.end(5, "x", "y").isRight();
    }

    @Test
    void aReadShowsAnotherUsersMessage() {
        story.append("a", 0, 1, 5, 1, "x").end(5, "x");
        story.as("v").append("b", 0, 1, 6, 1, "y").read("b", 2, 3, 6, "x").end(6, "y");
        story.breaks(Broken.FOREIGN);
        assertThat(story.report().examples().getFirst().text())
                .isEqualTo(
                        "read of v/c by b (0.002000 s to 0.003000 s, gen 6, end 1, x at 1 .. x at 1) shows x at 1, which"
                                + " was not sent to it in these bytes, but in append of u/c by a (0.000000 s to 0.001000 s, gen 5,"
                                + " end 1, x at 1 .. x at 1)");
    }

    @Test
    void aReadShowsAnotherUsersBytesUnderAnOwnId() {
        story.append("a", 0, 1, 5, 1, "x");
        story.read("a", 2, 3, SliceAsked.newest(9), 5, 1, List.of(new Line("x", 1, 1, "y".hashCode())));
        story.end(5, "x").breaks(Broken.FOREIGN);
    }

    @Test
    void postgresHasAMessageThatNobodySent() {
        story.append("a", 0, 1, 5, 1, "x");
        story.end(5, "x", "y").breaks(Broken.FOREIGN);
    }

    @Test
    void anAppendIsAnsweredWithAnothersMessage() {
        story.append("a", 0, 1, 5, 1, "x");
        story.append("b", 2, 3, new Answer.Known(5, 2, Story.lines(1, "x")), "y");
        story.end(5, "x", "y").breaks(Broken.NOT_WHAT_WAS_SENT);
    }

    @Test
    void aReadShowsWhatIsSentLater() {
        story.read("b", 0, 1, 5, "x").append("a", 2, 3, 5, 1, "x");
        story.end(5, "x").breaks(Broken.TOO_EARLY);
    }

    @Test
    void afterQuietTheServiceShowsLess() {
        story.append("a", 0, 1, 5, 1, "x", "y").quiet(9, 5, "x");
        story.end(5, "x", "y").breaks(Broken.DISAGREES);
    }

    @Test
    void afterQuietTheServiceShowsAnotherGeneration() {
        story.append("a", 0, 1, 5, 1, "x").quiet(9, 4, "x");
        story.end(5, "x").breaks(Broken.DISAGREES);
    }

    @Test
    void afterQuietTheServiceShowsOtherBytes() {
        story.append("a", 0, 1, 5, 1, "x");
        story.quiet(9, new Answer.Known(5, 1, List.of(new Line("x", 1, 1, "x".hashCode()))));
        story.end(5, "x").breaks(Broken.DISAGREES);
    }

    @Test
    void afterQuietTheServiceShowsAnotherUsersMessage() {
        story.append("a", 0, 1, 5, 1, "x").quiet(9, 5, "y");
        story.end(5, "x").breaks(Broken.FOREIGN);
    }

    @Test
    void afterQuietTheServiceKnowsNoConversation() {
        story.append("a", 0, 1, 5, 1, "x").quiet(9, Answer.Other.NOT_FOUND);
        story.end(5, "x").breaks(Broken.DISAGREES);
    }

    @Test
    void afterQuietTheServiceStillHasWhatWasDeleted() {
        story.append("a", 0, 1, 5, 1, "x").delete("a", 2, 3, Answer.Other.DONE).quiet(9, 5, "x");
        story.breaks(Broken.DISAGREES);
    }
}
