package dev.verbatim.search;

import dev.verbatim.Page;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Objects;
import java.util.Set;
import java.util.TreeMap;
import java.util.UUID;
import java.util.function.Function;
import java.util.stream.Collectors;
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

    /**
     * The page that was asked for.
     *
     * @param heads gives what conversations are called now; what was found in one that it does not give is left out
     */
    public Page<SearchHit> page(Function<Collection<UUID>, Map<UUID, Head>> heads) {
        @Nullable String after = query.after();
        NavigableMap<Rank, Scored> rest = after == null ? found : found.tailMap(Rank.decode(after), false);
        List<Map.Entry<Rank, Scored>> shown =
                rest.entrySet().stream().limit(query.limit()).toList();
        if (shown.isEmpty()) {
            return new Page<>(List.of(), null);
        }
        Map<UUID, Head> known = heads.apply(shown.stream()
                .map(one -> one.getValue().candidate().conversation())
                .collect(Collectors.toUnmodifiableSet()));
        List<SearchHit> hits = shown.stream()
                .map(one -> hit(one, known.get(one.getValue().candidate().conversation())))
                .filter(Objects::nonNull)
                .toList();
        boolean more = rest.size() > shown.size();
        return new Page<>(hits, more ? shown.getLast().getKey().encode() : null);
    }

    private static @Nullable SearchHit hit(Map.Entry<Rank, Scored> one, @Nullable Head head) {
        if (head == null) {
            return null;
        }
        Candidate of = one.getValue().candidate();
        return new SearchHit(
                head.conversationId(),
                head.title(),
                of.messageId(),
                of.seq(),
                of.role(),
                Units.searched(of.text()),
                Snippet.of(of.text(), one.getValue().match()),
                one.getKey().score(),
                of.createdAt());
    }
}
