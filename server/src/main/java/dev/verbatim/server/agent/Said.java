package dev.verbatim.server.agent;

import dev.verbatim.Message;
import dev.verbatim.MessageText;
import dev.verbatim.server.chat.Findings;
import java.util.Set;
import java.util.TreeSet;

/**
 * A message with its words.
 *
 * @param message as it is stored
 * @param text what is said in it, or the beginning of that
 * @param words folded
 */
record Said(Message message, String text, Set<String> words) {
    /** As much as a search looks at. */
    private static final int LONGEST = 32_768;

    static Said of(Message message) {
        String all = MessageText.all(message.json());
        String text = all.length() <= LONGEST ? all : all.substring(0, LONGEST);
        return new Said(message, text, words(text));
    }

    static Set<String> words(String text) {
        Set<String> words = new TreeSet<>();
        Tokens.of(text).forEach(token -> words.add(Tokens.folded(token)));
        return words;
    }

    /** Whether this is an answer that itself only said that nothing was found, or asked back. */
    boolean isEmptyHanded() {
        return Findings.of(message).isEmptyHanded();
    }
}
