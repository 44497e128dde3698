package dev.verbatim.insight;

import dev.verbatim.Page;
import java.util.List;

/**
 * Keeps query logs and tells what they say. Thread-safe; methods block unless they say otherwise, and throw
 * {@link dev.verbatim.UnavailableException} when they cannot be kept or asked just now.
 */
public interface Insights {
    /** The most points of a plot. */
    int MOST_POINTS = 10_000;

    /**
     * Takes a log to be stored within two seconds. Neither waits nor fails. A process that is killed loses what it took and did
     * not store yet.
     *
     * @return false when too many wait already: then it is dropped, and counted
     */
    boolean take(Answered log);

    /**
     * Stores logs of one owner, all or none, and returns when they are on disk. A named owner is made known.
     *
     * @throws dev.verbatim.OverloadedException when too many wait already
     * @throws dev.verbatim.ConversationGoneException when the owner was erased within a day
     * @throws dev.verbatim.OutcomeUnknownException when it could not be found out whether they were stored
     */
    void store(List<Answered> logs);

    /** How many {@link #take} dropped. Does not block. */
    long dropped();

    /** Some logs. */
    Page<Answered> list(AnsweredQuery query);

    /** What logs tell together, all that are stored so far; times are widened to whole hours. */
    Overview overview(InsightFilter filter);

    /**
     * A metric over time: a point for each period from {@code from} to {@code to}, or from the first query to the last; times are
     * widened to whole periods.
     *
     * @param period not a month
     * @throws dev.verbatim.InvalidInputException when that are more than {@link #MOST_POINTS}, or minutes of more than a day
     */
    List<Point> series(InsightFilter filter, Metric metric, Period period);

    /** Where the process counts its reads of messages; does not block. */
    ReadCounter reads();

    /** From now on logs of months that ended more than so many days ago are dropped; 0: none. Does not block. */
    void keepDays(int days);
}
