package dev.verbatim.server.agent;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.regex.Pattern;

/**
 * The query in other words when no model gives any: without the endings of its words, so that other forms are found; then with
 * the question before, which a short one may go on from. For one question.
 */
final class Rewrites implements Iterator<SearchWords> {
    private static final Pattern PLAIN = Pattern.compile("[a-z]{5,}");
    private static final List<String> ENDINGS =
            List.of("ations", "ation", "ings", "ing", "ies", "ers", "ed", "es", "er", "s", "y", "e");
    private static final int SHORTEST_STEM = 4;

    private final List<SearchWords> left = new ArrayList<>();

    /** @param before what the user said before in this conversation; may be empty */
    Rewrites(SearchWords query, String before) {
        SearchWords shorter = withoutEndings(query);
        if (!shorter.equals(query) && !shorter.isEmpty()) {
            left.add(shorter);
        }
        SearchWords longer = withoutEndings(SearchWords.of(before));
        if (!before.isBlank() && !longer.isEmpty()) {
            left.add(joined(shorter, longer));
        }
    }

    private static SearchWords joined(SearchWords one, SearchWords other) {
        List<Word> words = new ArrayList<>(one.words());
        other.words().stream()
                .filter(word -> words.stream().noneMatch(known -> known.text().equals(word.text())))
                .forEach(words::add);
        return new SearchWords(words.subList(0, Math.min(SearchWords.MOST, words.size())), one.refersBack());
    }

    private static SearchWords withoutEndings(SearchWords query) {
        List<Word> words = query.words().stream()
                .map(word -> new Word(stem(word.text()), word.named()))
                .distinct()
                .toList();
        return new SearchWords(words, query.refersBack());
    }

    private static String stem(String word) {
        if (PLAIN.matcher(word).matches()) {
            for (String ending : ENDINGS) {
                if (word.endsWith(ending) && word.length() - ending.length() >= SHORTEST_STEM) {
                    return word.substring(0, word.length() - ending.length());
                }
            }
        }
        return word;
    }

    @Override
    public boolean hasNext() {
        return !left.isEmpty();
    }

    @Override
    public SearchWords next() {
        return left.removeFirst();
    }
}
