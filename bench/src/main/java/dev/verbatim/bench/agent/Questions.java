package dev.verbatim.bench.agent;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Makes questions out of conversations, always the same ones. Every second conversation is one that the user has had; the
 * answer to a question about another one is not there, though it is about the same kind of things in the same words. Two
 * kinds:
 *
 * <ul>
 *   <li>by name: a name that one conversation alone has, and something that people ask about it and that was told
 *       there;
 *   <li>by description: a town or the like that several conversations name, and a thing that several speak of, but only
 *       one has both. Of a question without an answer each may well be there, only never together.
 * </ul>
 */
final class Questions {
    private static final Pattern WORD = Pattern.compile("\\b[a-z]{5,}\\b");
    private static final int BY_NAME_EACH = 2;
    private static final int BY_DESCRIPTION_EACH = 1;
    private static final int RARE = 12;

    private final List<Dialogue> all;
    private final List<String> folded;
    private final Map<String, Set<Integer>> byName = new HashMap<>();
    private final Map<String, Set<Integer>> byWord = new HashMap<>();

    Questions(List<Dialogue> all) {
        this.all = List.copyOf(all);
        this.folded = all.stream().map(Dialogue::folded).toList();
        for (int i = 0; i < all.size(); i++) {
            for (String name : Names.of(all.get(i).texts())) {
                byName.computeIfAbsent(name, this::having);
            }
            for (String word : words(folded.get(i))) {
                byWord.computeIfAbsent(word, key -> new TreeSet<>()).add(i);
            }
        }
    }

    /** The conversations that are brought to the service. */
    List<Dialogue> had() {
        List<Dialogue> had = new ArrayList<>();
        for (int i = 0; i < all.size(); i += 2) {
            had.add(all.get(i));
        }
        return had;
    }

    /** As many with an answer as without. */
    List<Asked> make() {
        List<Asked> with = new ArrayList<>();
        List<Asked> without = new ArrayList<>();
        for (int i = 0; i < all.size(); i++) {
            List<Asked> made = new ArrayList<>(named(i));
            made.addAll(described(i));
            (i % 2 == 0 ? with : without).addAll(made);
        }
        int each = Math.min(with.size(), without.size());
        List<Asked> questions = new ArrayList<>(with.subList(0, each));
        questions.addAll(without.subList(0, each));
        return questions;
    }

    private List<Asked> named(int dialogue) {
        List<Asked> made = new ArrayList<>();
        for (String name : Names.of(all.get(dialogue).texts())) {
            if (made.size() < BY_NAME_EACH
                    && byName.getOrDefault(name, Set.of()).size() == 1) {
                made.add(asked("by name", Facts.question(all.get(dialogue), name, dialogue + made.size()), dialogue));
            }
        }
        return made;
    }

    private List<Asked> described(int dialogue) {
        List<Asked> made = new ArrayList<>();
        Map<String, String> things = Things.of(all.get(dialogue).texts());
        for (String name : Names.of(all.get(dialogue).texts())) {
            Set<Integer> named = byName.getOrDefault(name, Set.of());
            if (named.size() < 3) {
                continue;
            }
            for (Map.Entry<String, String> thing : things.entrySet()) {
                String word = thing.getKey();
                Set<Integer> both = new LinkedHashSet<>(byWord.getOrDefault(word, Set.of()));
                boolean rare = both.size() > 1 && both.size() <= RARE;
                both.retainAll(named);
                boolean one = both.size() == 1 && !name.toLowerCase(Locale.ROOT).contains(word);
                if (rare && one && made.size() < BY_DESCRIPTION_EACH) {
                    String text = "Which one was it in " + name + " with " + thing.getValue() + "?";
                    made.add(asked("by description", text, dialogue));
                }
            }
        }
        return made;
    }

    private Asked asked(String kind, String text, int dialogue) {
        return new Asked(kind, text, dialogue % 2 == 0 ? all.get(dialogue).id() : null);
    }

    private Set<Integer> having(String name) {
        Set<Integer> having = new TreeSet<>();
        for (int i = 0; i < folded.size(); i++) {
            if (folded.get(i).contains(name.toLowerCase(Locale.ROOT))) {
                having.add(i);
            }
        }
        return having;
    }

    private static Set<String> words(String folded) {
        Set<String> words = new LinkedHashSet<>();
        Matcher found = WORD.matcher(folded);
        while (found.find()) {
            words.add(found.group());
        }
        return words;
    }
}
