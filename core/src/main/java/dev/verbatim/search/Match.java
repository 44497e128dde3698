package dev.verbatim.search;

import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How a text answers a query.
 *
 * @param score above 0, at most 1: more for whole words than for beginnings, for more of them, and for short texts
 * @param places where it has what was looked for, in order and apart from each other
 */
record Match(double score, List<Place> places) {
    private static final double BEGINNING = 0.5;
    private static final double USUAL_UNITS = 100;

    /** From {@code start} to just before {@code end}. */
    record Place(int start, int end) {}

    Match {
        places = List.copyOf(places);
    }

    /** The match of {@code text}, or null when it is none. */
    static @Nullable Match of(WordQuery query, String text) {
        List<Unit> units = Units.of(text);
        List<Place> places = new ArrayList<>();
        double best = 0;
        for (List<Term> terms : query.groups()) {
            best = Math.max(best, score(terms, units, places));
        }
        if (best == 0) {
            return null;
        }
        return new Match(best * (0.5 + 0.5 / (1 + units.size() / USUAL_UNITS)), apart(places));
    }

    /** Zero when not all is there that must be, or some that must not. */
    private static double score(List<Term> terms, List<Unit> text, List<Place> places) {
        List<Place> found = new ArrayList<>();
        double sum = 0;
        int wanted = 0;
        for (Term term : terms) {
            double weight = weight(term, text, found);
            if (term.negated() == weight > 0) {
                return 0;
            }
            if (!term.negated()) {
                wanted++;
                sum += weight / (weight + 1);
            }
        }
        places.addAll(found);
        return sum / wanted;
    }

    private static double weight(Term term, List<Unit> text, List<Place> found) {
        double weight = 0;
        int size = term.units().size();
        for (int at = 0; at + size <= text.size(); at++) {
            if (term.isAt(text, at)) {
                weight += term.isWholeAt(text, at) ? 1 : BEGINNING;
                found.add(
                        new Place(text.get(at).start(), text.get(at + size - 1).end()));
            }
        }
        return weight;
    }

    private static List<Place> apart(List<Place> places) {
        List<Place> sorted = new ArrayList<>(places);
        sorted.sort((a, b) -> Integer.compare(a.start(), b.start()));
        List<Place> apart = new ArrayList<>();
        for (Place place : sorted) {
            if (!apart.isEmpty() && place.start() < apart.getLast().end()) {
                Place last = apart.removeLast();
                apart.add(new Place(last.start(), Math.max(last.end(), place.end())));
            } else {
                apart.add(place);
            }
        }
        return apart;
    }
}
