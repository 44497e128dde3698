package dev.verbatim.server.window;

import dev.verbatim.Message;
import dev.verbatim.Window;
import java.util.ArrayList;
import java.util.List;

/**
 * What of a conversation fits into so many tokens: the instructions it begins with, and of the rest the newest, where calls
 * and results are never parted. Immutable.
 *
 * @param window what was read
 * @param messages JSON objects as they are stored, oldest first; a missing result is made up and marked {@code synthetic}
 * @param hasMore whether there are older messages that did not fit, or were not read
 */
public record ModelWindow(Window window, List<String> messages, boolean hasMore) {
    private static final String SYNTHETIC = ",\"synthetic\":true";

    public ModelWindow {
        messages = List.copyOf(messages);
    }

    /**
     * Takes what fits.
     *
     * @param maxTokens all messages together; the instructions are kept in any case
     */
    static ModelWindow of(Window window, List<Message> instructions, List<Message> rest, long maxTokens) {
        List<String> kept = instructions.stream().map(Message::json).toList();
        long left = maxTokens - kept.stream().mapToLong(Tokens::of).sum();
        List<List<String>> units =
                ToolPairs.units(rest.stream().map(WindowMessage::of).toList(), SYNTHETIC);
        int from = units.size();
        while (from > 0) {
            left -= units.get(from - 1).stream().mapToLong(Tokens::of).sum();
            if (left < 0) {
                break;
            }
            from--;
        }
        List<String> messages = new ArrayList<>(kept);
        units.subList(from, units.size()).forEach(messages::addAll);
        return new ModelWindow(window, messages, window.hasMore() || from > 0);
    }
}
