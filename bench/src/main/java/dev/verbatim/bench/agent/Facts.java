package dev.verbatim.bench.agent;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/** What people ask about a thing once they know its name, and how to see whether a conversation tells it. */
final class Facts {
    private static final Map<String, Pattern> TOLD = told();

    private Facts() {}

    private static Map<String, Pattern> told() {
        Map<String, Pattern> told = new LinkedHashMap<>();
        told.put("What was the phone number of %s?", Pattern.compile("\\d{3}-\\d{3}-\\d{4}"));
        told.put(
                "Can you remind me of the address of %s?",
                Pattern.compile("\\d+ [A-Z].*(?:Street|Road|Avenue|Boulevard|Drive|Way|Lane)"));
        told.put("How expensive was %s again?", Pattern.compile("(?i)moderate|expensive|price|cost"));
        told.put("Does %s have live music?", Pattern.compile("(?i)live music"));
        told.put("Do they serve alcohol at %s?", Pattern.compile("(?i)alcohol|liquor"));
        told.put(
                "What time did I choose for %s?",
                Pattern.compile("(?i)\\d+(?::\\d\\d)? ?[ap]m\\b|o'clock|in the evening"));
        return told;
    }

    /** A question about {@code name} that {@code dialogue} answers; {@code turn} chooses among those that there are. */
    static String question(Dialogue dialogue, String name, int turn) {
        List<String> there = TOLD.entrySet().stream()
                .filter(fact -> dialogue.texts().stream()
                        .anyMatch(text -> fact.getValue().matcher(text).find()))
                .map(Map.Entry::getKey)
                .toList();
        String question = there.isEmpty() ? "What did we say about %s?" : there.get(turn % there.size());
        return question.formatted(name);
    }
}
