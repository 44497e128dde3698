package dev.verbatim.insight;

import dev.verbatim.insight.Sums.Sum;
import org.jspecify.annotations.Nullable;

/** What some queries tell together. Any two that share no query can be put together. Not thread-safe. */
public final class Tally {
    private final Sums sums = new Sums();
    private final Latencies responseTimes = new Latencies();
    private final Distinct users = new Distinct();
    private final Distinct conversations = new Distinct();
    private long queries;

    /** Adds one query. */
    public void add(Fact fact) {
        queries++;
        users.add(Distinct.hash(fact.user()));
        if (fact.conversationHash() != null) {
            conversations.add(fact.conversationHash());
        }
        responseTimes.add(fact.responseTimeMs());
        sums.responseTimes.add(fact.responseTimeMs());
        add(sums.tokens, fact.tokensUsed());
        add(sums.refinements, fact.refinementCount());
        add(sums.contexts, fact.contextsRetrieved());
        add(sums.qualities, fact.retrievalQuality());
        if (fact.recommendation() != null) {
            int kind = fact.recommendation().place;
            sums.recommended[kind]++;
            add(sums.recommendedQualities[kind], fact.retrievalQuality());
        }
    }

    private static void add(Sum sum, @Nullable Number value) {
        if (value != null) {
            sum.add(value.doubleValue());
        }
    }

    /** Adds {@code count} queries by what is stored of them; null for a part that is not wanted. */
    public void add(
            long count,
            byte @Nullable [] storedSums,
            byte @Nullable [] storedTimes,
            byte @Nullable [] storedUsers,
            byte @Nullable [] storedConversations) {
        queries += count;
        if (storedSums != null) {
            sums.add(storedSums);
        }
        if (storedTimes != null) {
            responseTimes.add(storedTimes);
        }
        if (storedUsers != null) {
            users.add(storedUsers);
        }
        if (storedConversations != null) {
            conversations.add(storedConversations);
        }
    }

    /** Adds a user by the hash that {@link Distinct#hash} gives. */
    public void addUser(long hash) {
        users.add(hash);
    }

    /** How many queries, exactly. */
    public long queries() {
        return queries;
    }

    /** How many users asked. */
    public Distinct users() {
        return users;
    }

    /** How many conversations were asked in. */
    public Distinct conversations() {
        return conversations;
    }

    /** How long answers took, in milliseconds. */
    public Latencies responseTimes() {
        return responseTimes;
    }

    /** The exact sum of {@link #responseTimes}. */
    public Sum totalTime() {
        return sums.responseTimes;
    }

    /** Tokens used. */
    public Sum tokens() {
        return sums.tokens;
    }

    /** How good what was found was, 0 to 1 each. */
    public Sum qualities() {
        return sums.qualities;
    }

    /** How often queries were written anew. */
    public Sum refinements() {
        return sums.refinements;
    }

    /** How many contexts were found. */
    public Sum contexts() {
        return sums.contexts;
    }

    /** How many queries have {@code recommendation}. */
    public long recommended(Recommendation recommendation) {
        return sums.recommended[recommendation.place];
    }

    /** How good what was found for those with {@code recommendation} was. */
    public Sum qualities(Recommendation recommendation) {
        return sums.recommendedQualities[recommendation.place];
    }

    /** The sums, to be stored. */
    public byte[] sums() {
        return sums.bytes();
    }
}
