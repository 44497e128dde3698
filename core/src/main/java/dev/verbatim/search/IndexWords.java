package dev.verbatim.search;

import java.util.Base64;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.UUID;
import java.util.stream.Collectors;

/**
 * What an index keeps of texts, and is asked for. Each word carries a tag of its user, so that one index for all users is as
 * selective as one for each: a word that everybody uses leads only to its user's own messages. What the index finds is to be
 * held against the texts themselves; it may find too much, never too little.
 */
public final class IndexWords {
    private static final int TAG_BYTES = 6;

    private IndexWords() {}

    /** The words of {@code text}, none twice, with a line feed between them; empty when it has none. */
    public static String of(UUID owner, String text) {
        String tag = tag(owner);
        List<Unit> units = Units.of(text);
        Set<String> words = new LinkedHashSet<>();
        for (int i = 0; i < units.size(); i++) {
            Unit unit = units.get(i);
            words.add(tag + unit.word());
            if (unit.alone() && i + 1 < units.size() && units.get(i + 1).alone()) {
                words.add(tag + unit.word() + units.get(i + 1).word());
            }
        }
        return String.join("\n", words);
    }

    /** {@code query} as PostgreSQL's {@code tsquery} reads it. */
    public static String query(UUID owner, WordQuery query) {
        String tag = tag(owner);
        return query.groups().stream()
                .map(terms -> terms.stream()
                        .filter(term -> !term.negated() || term.units().size() == 1)
                        .map(term -> term(tag, term))
                        .collect(Collectors.joining(" & ", "(", ")")))
                .collect(Collectors.joining(" | "));
    }

    private static String term(String tag, Term term) {
        List<Unit> units = term.units();
        StringBuilder out = new StringBuilder();
        for (int i = 0; i < units.size(); i++) {
            boolean last = i == units.size() - 1;
            Unit unit = units.get(i);
            boolean pair = unit.alone() && !last && units.get(i + 1).alone();
            boolean covered = unit.alone() && i > 0 && units.get(i - 1).alone();
            if (pair || !covered) {
                out.append(out.isEmpty() ? term.negated() ? "!" : "" : " & ")
                        .append(quoted(
                                tag + unit.word() + (pair ? units.get(i + 1).word() : "")))
                        .append(last && term.open() ? ":*" : "");
            }
        }
        return out.toString();
    }

    private static String quoted(String lexeme) {
        return "'" + lexeme.replace("\\", "\\\\").replace("'", "''") + "'";
    }

    /** From the end of the UUID, which is random or a hash in each version. */
    private static String tag(UUID owner) {
        byte[] bytes = new byte[TAG_BYTES];
        for (int i = 0; i < TAG_BYTES; i++) {
            bytes[i] = (byte) (owner.getLeastSignificantBits() >>> (8 * i));
        }
        return Base64.getUrlEncoder().withoutPadding().encodeToString(bytes);
    }
}
