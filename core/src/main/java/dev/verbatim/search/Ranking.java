package dev.verbatim.search;

import dev.verbatim.Page;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import org.jspecify.annotations.Nullable;

/** Takes texts, keeps those that answer a query, and gives the best. For one thread. */
public final class Ranking {
    private static final double TITLE = 4;
    private static final double STEPS = 1e6;

    private record Where(UUID conversation, long seq) {}

    private record Scored(Candidate candidate, Match match) {}

    private final SearchQuery query;
    private final TreeMap<Rank, Scored> found = new TreeMap<>();
    private final Set<Where> seen = new HashSet<>();

    /** Nothing is found yet. */
    public Ranking(SearchQuery query) {
        this.query = query;
    }

    /** Looks whether {@code candidate} answers the query; one that was given before is not looked at again. */
    public void add(Candidate candidate) {
        if (!seen.add(new Where(candidate.conversation(), candidate.seq()))) {
            return;
        }
        Match match = Match.of(query.words(), candidate.text());
        if (match != null) {
            double score = match.score() * (candidate.seq() == 0 ? TITLE : 1);
            Rank rank = new Rank(
                    Math.rint(score * STEPS) / STEPS,
                    ChronoUnit.MICROS.between(Instant.EPOCH, candidate.createdAt()),
                    candidate.conversation(),
                    candidate.seq());
            found.put(rank, new Scored(candidate, match));
        }
    }

    /** The page that was asked for. */
    public Page<SearchHit> page() {
        @Nullable String after = query.after();
        List<SearchHit> hits = new ArrayList<>();
        @Nullable Rank last = null;
        for (var entry : (after == null ? found : found.tailMap(Rank.decode(after), false)).entrySet()) {
            if (hits.size() == query.limit()) {
                return new Page<>(hits, last == null ? null : last.encode());
            }
            last = entry.getKey();
            hits.add(hit(last, entry.getValue()));
        }
        return new Page<>(hits, null);
    }

    private static SearchHit hit(Rank rank, Scored scored) {
        Candidate of = scored.candidate();
        return new SearchHit(
                of.conversationId(),
                of.title(),
                of.messageId(),
                of.seq(),
                of.role(),
                Units.searched(of.text()),
                Snippet.of(of.text(), scored.match()),
                rank.score(),
                of.createdAt());
    }
}
