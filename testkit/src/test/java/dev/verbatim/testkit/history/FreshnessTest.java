package dev.verbatim.testkit.history;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Reads are not older than what was known before they began; within faults by at most a second. */
final class FreshnessTest {
    private static final Answer DONE = Answer.Other.DONE;

    private final Story story = new Story().append("a", 0, 1, 5, 1, "x");

    private Story grown() {
        return story.append("a", 10_000, 10_001, 5, 2, "y").end(5, "x", "y");
    }

    @Test
    void missesWhatWasAcknowledged() {
        grown().read("b", 10_002, 10_003, 5, "x").breaks(Broken.MISSED_ACKNOWLEDGED);
    }

    @Test
    void whatOverlapsMayBeInEitherOrder() {
        grown().read("b", 10_001, 10_003, 5, "x").isRight();
    }

    @Test
    void isOlderThanAnothersRead() {
        story.append("a", 2, 9, Answer.Other.UNKNOWN, "y")
                .read("b", 3, 4, 5, "x", "y")
                .read("c", 5, 6, 5, "x");
        story.end(5, "x", "y").breaks(Broken.OLDER_THAN_A_READ);
    }

    @Test
    void goesBack() {
        story.append("a", 2, 9, Answer.Other.UNKNOWN, "y")
                .read("b", 3, 4, 5, "x", "y")
                .read("b", 5, 6, 5, "x");
        story.end(5, "x", "y").breaks(Broken.WENT_BACK);
    }

    @Test
    void missesAnOwnWrite() {
        grown().read("a", 10_002, 10_003, 5, "x").breaks(Broken.MISSED_OWN_WRITE);
    }

    @Test
    void missesAnOwnWriteThatAnotherSawFirst() {
        story.append("a", 2, 9, 5, 2, "y").read("b", 3, 4, 5, "x", "y").read("a", 10, 11, 5, "x");
        story.end(5, "x", "y").breaks(Broken.MISSED_OWN_WRITE);
    }

    @Test
    void missesWhatAnotherSawLongBeforeItWasAcknowledgedToItself() {
        story.fault(0, 9_000).append("a", 2, 1_000, 5, 2, "y").read("b", 3, 4, 5, "x", "y");
        story.read("a", 1_500, 1_501, 5, "x");
        story.end(5, "x", "y").breaks(Broken.OLDER_THAN_A_READ);
    }

    @Test
    void aWrongReadTellsNothing() {
        story.read("b", 2, 3, SliceAsked.newest(9), 5, 2, Story.lines(1, "x")).read("c", 4, 5, 5, "x");
        story.append("a", 6, 7, 5, 2, "y");
        story.end(5, "x", "y").breaks(Broken.NOT_THE_SLICE);
    }

    @Test
    void aSecondIsAllowedInsideAFault() {
        grown().fault(9_000, 11_000).read("b", 11_001, 11_003, 5, "x").isRight();
        assertThat(story.report().inside().max()).isEqualTo(Duration.ofSeconds(1));
        assertThat(story.report().outside().max()).isZero();
    }

    @Test
    void moreThanASecondIsNot() {
        grown().fault(9_000, 11_000).read("b", 11_201, 11_203, 5, "x").breaks(Broken.MISSED_ACKNOWLEDGED);
        assertThat(story.report().inside().max()).isEqualTo(Duration.ofMillis(1_200));
    }

    @Test
    void aSecondIsAllowedToASessionInsideAFault() {
        grown().fault(9_000, 11_000).read("a", 10_501, 10_503, 5, "x").isRight();
    }

    @Test
    void moreThanASecondIsNotToASession() {
        grown().fault(9_000, 11_000).read("a", 11_101, 11_103, 5, "x").breaks(Broken.MISSED_OWN_WRITE);
    }

    @Test
    void aFaultSettlesForOneAndAHalfSeconds() {
        grown().fault(9_000, 9_000).read("b", 10_500, 10_501, 5, "x").isRight();
    }

    @Test
    void andNoLonger() {
        grown().fault(9_000, 9_000).read("b", 10_501, 10_502, 5, "x").breaks(Broken.MISSED_ACKNOWLEDGED);
    }

    @Test
    void beforeAFaultNothingIsAllowed() {
        grown().fault(11_000, 12_000).read("b", 10_002, 10_999, 5, "x").breaks(Broken.MISSED_ACKNOWLEDGED);
    }

    @Test
    void overlappingFaultsAreOne() {
        grown().fault(9_000, 9_001).fault(8_000, 9_500).fault(10_800, 10_900);
        story.read("b", 10_600, 10_700, 5, "x").isRight();
        story.read("b", 10_750, 10_799, 5, "x", "y")
                .read("b", 10_850, 10_851, 5, "x")
                .isRight();
        story.read("d", 8_000, 8_001, 5, "x").read("c", 12_401, 12_402, 5, "x").breaks(Broken.MISSED_ACKNOWLEDGED);
    }

    @Test
    void whoAskedForFreshIsNeverAnsweredStale() {
        SliceAsked fresh = new SliceAsked(SliceAsked.NONE, SliceAsked.NONE, 9, 0, true);
        grown().fault(9_000, 11_000).read("b", 10_500, 10_501, fresh, 5, 1, Story.lines(1, "x"));
        story.breaks(Broken.MISSED_ACKNOWLEDGED);
    }

    @Test
    void whoAskedForMoreIsNotAnsweredStale() {
        SliceAsked atLeast = new SliceAsked(SliceAsked.NONE, SliceAsked.NONE, 9, 2, false);
        grown().fault(9_000, 11_000).read("b", 10_500, 10_501, atLeast, 5, 1, Story.lines(1, "x"));
        story.breaks(Broken.MISSED_ACKNOWLEDGED);
    }

    @Test
    void aMarkedAnswerMayBeOldAndIsCounted() {
        grown().marked("b", 19_001, 19_002, 5, "x").isRight();
        assertThat(story.report().marked().max()).isEqualTo(Duration.ofSeconds(9));
        assertThat(story.report().calls().get("read")).containsEntry("maybe stale", 1L);
    }

    @Test
    void whatAMarkedAnswerShowedIsKnown() {
        story.append("a", 2, 9, Answer.Other.UNKNOWN, "y")
                .marked("b", 3, 4, 5, "x", "y")
                .read("c", 5, 6, 5, "x");
        story.end(5, "x", "y").breaks(Broken.OLDER_THAN_A_READ);
    }

    @Test
    void aLaterGenerationIsNewerHoweverShort() {
        story.delete("a", 2, 3, DONE)
                .create("a", 4, 5, 6)
                .read("b", 6, 7, 6)
                .end(6)
                .isRight();
    }

    @Test
    void whatWasDeletedIsNotShown() {
        story.delete("a", 2, 3, DONE).read("b", 4, 5, 5, "x").breaks(Broken.SHOWED_REPLACED);
    }

    @Test
    void whatWasDeletedIsNotShownThoughThereIsANewOneLater() {
        story.delete("a", 2, 3, DONE)
                .read("b", 50, 51, 5, "x")
                .create("a", 100, 101, 6)
                .end(6);
        story.breaks(Broken.SHOWED_REPLACED);
    }

    @Test
    void anOlderGenerationIsNotShown() {
        story.delete("a", 2, 3, Answer.Other.UNKNOWN)
                .create("a", 4, 5, 6)
                .read("b", 6, 7, 5, "x")
                .end(6);
        story.breaks(Broken.MISSED_ACKNOWLEDGED);
    }

    @Test
    void aSessionIsNotShownWhatItDeleted() {
        story.delete("b", 2, 3, DONE).read("b", 4, 5, 5, "x").breaks(Broken.MISSED_OWN_WRITE);
    }

    @Test
    void whatWasReplacedIsNotShown() {
        story.edit("a", 2, 3, "x", 9).read("b", 4, 5, 5, "x");
        story.end(6, List.of(new Line("x", 1, 2, 9))).breaks(Broken.SHOWED_REPLACED);
    }

    @Test
    void whatIsDeletedMeanwhileIsShownOrNot() {
        story.delete("a", 2, 6, DONE)
                .read("b", 4, 5, 5, "x")
                .notFound("c", 4, 5)
                .isRight();
    }

    @Test
    void whatIsDeletedWhileItIsReadIsShownOrNot() {
        story.delete("a", 5, 9, DONE)
                .read("b", 4, 7, 5, "x")
                .notFound("c", 4, 7)
                .isRight();
    }

    @Test
    void onlyADeletionTakesAConversationAway() {
        story.change("a", 2, 9, new Change.Truncate(0), Answer.Other.UNKNOWN).notFound("b", 4, 5);
        story.end(5, "x").breaks(Broken.MISSED_ACKNOWLEDGED);
    }

    @Test
    void whatWasAnsweredWhenADeletionWasAskedMayBeOfLater() {
        story.delete("b", 1, 2, DONE).read("b", 3, 4, 5, "x").end(5, "x").isRight();
    }

    @Test
    void whatIsAskedWhenADeletionIsAnsweredMayBeOfBefore() {
        story.delete("b", 2, 3, DONE)
                .read("c", 3, 4, 5, "x")
                .notFound("d", 5, 6)
                .isRight();
    }

    @Test
    void aDeletionWithoutAnswerMayTakeAwayWhatIsThereAgain() {
        story.delete("b", 2, 3, Answer.Other.UNKNOWN).delete("c", 4, 5, DONE).create("c", 6, 7, 6);
        story.notFound("d", 8, 9).isRight();
    }

    @Test
    void anEditThatFindsNoMessageSaysNothingOfTheConversation() {
        story.change("b", 2, 3, new Change.Edit(new Written("y", 1)), Answer.Other.NOT_FOUND);
        story.end(5, "x").isRight();
    }

    @Test
    void whatIsThereIsFound() {
        story.notFound("b", 2, 3).end(5, "x").breaks(Broken.MISSED_ACKNOWLEDGED);
    }

    @Test
    void whatIsThereAgainIsFound() {
        story.delete("a", 2, 3, DONE).create("a", 4, 5, 6).notFound("b", 6, 7).end(6);
        story.breaks(Broken.MISSED_ACKNOWLEDGED);
    }

    @Test
    void whatIsThereIsFoundByItsWriter() {
        story.notFound("a", 2, 3).end(5, "x").breaks(Broken.MISSED_OWN_WRITE);
    }

    @Test
    void insideAFaultWhatIsThereIsFoundAfterASecond() {
        story.fault(0, 2_000).notFound("b", 1_000, 1_001).end(5, "x").isRight();
        assertThat(story.report().inside().max()).isEqualTo(Duration.ofMillis(999));
        story.notFound("b", 1_002, 1_003).breaks(Broken.MISSED_ACKNOWLEDGED);
    }

    @Test
    void aMarkedAbsenceMayBeOldAndIsCounted() {
        story.notFound("b", 5_001, 5_002, SliceAsked.newest(9), true).read("c", 5_003, 5_004, 5, "x");
        story.end(5, "x").isRight();
        assertThat(story.report().marked().max()).isEqualTo(Duration.ofSeconds(5));
    }

    @Test
    void whatIsDeletedIsNotFoundThoughItIsStillShownToSome() {
        SliceAsked fresh = new SliceAsked(SliceAsked.NONE, SliceAsked.NONE, 9, 0, true);
        story.fault(0, 1_000)
                .delete("a", 2, 3, DONE)
                .read("b", 500, 501, 5, "x")
                .notFound("c", 600, 601, fresh, false);
        story.marked("d", 5_000, 5_001, 5, "x").notFound("d", 5_002, 5_003).isRight();
    }

    @Test
    void anAppendFindsWhatIsThereEvenInsideAFault() {
        story.fault(0, 2_000).append("b", 2, 3, Answer.Other.NOT_FOUND, "y").end(5, "x");
        story.breaks(Broken.MISSED_ACKNOWLEDGED);
    }

    @Test
    void aDeletionThatMayHaveHappenedLaterTakesAway() {
        story.delete("b", 2, 3, Answer.Other.UNKNOWN)
                .read("c", 4, 5, 5, "x")
                .notFound("c", 6, 7)
                .isRight();
    }

    @Test
    void aDeletionThatFoundNothingTakesNothingAway() {
        story.delete("b", 0, 1, Answer.Other.NOT_FOUND).notFound("c", 6, 7).end(5, "x");
        story.breaks(Broken.MISSED_ACKNOWLEDGED);
    }

    @Test
    void whatWasGoneDoesNotComeBack() {
        story.delete("b", 2, 3, Answer.Other.UNKNOWN).notFound("c", 4, 5).read("d", 6, 7, 5, "x");
        story.breaks(Broken.OLDER_THAN_A_READ);
    }

    @Test
    void whatWasGoneDoesNotComeBackToASession() {
        story.delete("b", 2, 3, Answer.Other.UNKNOWN).notFound("c", 4, 5).read("c", 6, 7, 5, "x");
        story.breaks(Broken.WENT_BACK);
    }

    @Test
    void anAbsenceInsideAFaultMayBeOfBeforeTheNewGeneration() {
        story.fault(0, 5_000).delete("a", 2_000, 2_001, DONE).create("a", 2_002, 2_003, 6);
        story.notFound("c", 2_500, 2_501)
                .read("d", 2_600, 2_601, 6)
                .read("d", 9_000, 9_001, 6)
                .end(6)
                .isRight();
    }
}
