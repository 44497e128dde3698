package dev.verbatim.search;

import dev.verbatim.InvalidInputException;
import java.util.ArrayList;
import java.util.List;

/**
 * What somebody looks for, as they write it for a search engine: all words, in any order; {@code "words that follow each
 * other"}; {@code -without}; {@code this or that}. A word of three letters or more also finds those that begin with it, but
 * not in quotes. Immutable.
 */
public final class WordQuery {
    private static final String QUOTES = "\"\u201c\u201d\u201e";

    private final List<List<Term>> groups;

    private WordQuery(List<List<Term>> groups) {
        this.groups = groups;
    }

    /**
     * Reads a query.
     *
     * @throws InvalidInputException when it has nothing that could be found
     */
    public static WordQuery parse(String text) {
        List<List<Term>> groups = new ArrayList<>();
        groups.add(new ArrayList<>());
        int at = 0;
        while (at < text.length()) {
            if (Character.isWhitespace(text.charAt(at))) {
                at++;
                continue;
            }
            boolean negated = text.charAt(at) == '-';
            int from = negated ? at + 1 : at;
            boolean quoted = from < text.length() && isQuote(text, from);
            int begin = quoted ? from + 1 : from;
            int end = quoted ? quoteEnd(text, begin) : wordEnd(text, begin);
            String part = text.substring(begin, end);
            if (!quoted && !negated && part.equalsIgnoreCase("or")) {
                groups.add(new ArrayList<>());
            } else {
                add(groups.getLast(), part, quoted, negated);
            }
            at = quoted ? end + 1 : end;
        }
        groups.removeIf(List::isEmpty);
        if (groups.isEmpty() || groups.stream().anyMatch(terms -> terms.stream().allMatch(Term::negated))) {
            throw new InvalidInputException("q", "q must have a word to look for, beside those with a -");
        }
        return new WordQuery(groups.stream().map(List::copyOf).toList());
    }

    private static void add(List<Term> terms, String part, boolean quoted, boolean negated) {
        List<Unit> units = Units.of(part);
        if (!units.isEmpty()) {
            terms.add(new Term(units, quoted, negated));
        }
    }

    private static boolean isQuote(String text, int at) {
        return QUOTES.indexOf(text.charAt(at)) >= 0;
    }

    private static int quoteEnd(String text, int from) {
        int at = from;
        while (at < text.length() && !isQuote(text, at)) {
            at++;
        }
        return at;
    }

    private static int wordEnd(String text, int from) {
        int at = from;
        while (at < text.length() && !isQuote(text, at) && !Character.isWhitespace(text.charAt(at))) {
            at++;
        }
        return at;
    }

    /** What is found has all terms of one of these. */
    List<List<Term>> groups() {
        return groups;
    }
}
