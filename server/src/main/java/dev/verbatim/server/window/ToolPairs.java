package dev.verbatim.server.window;

import dev.verbatim.server.json.JsonText;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps tool calls and their results together, for a model's server refuses one without the other: a result whose call
 * is not there is left out, and a call that has no result gets one that says so. Used once.
 */
public final class ToolPairs {
    private final List<List<String>> units = new ArrayList<>();
    private final String mark;
    private List<String> unit = new ArrayList<>();
    private boolean answers;
    private final Set<String> open = new LinkedHashSet<>();

    private ToolPairs(String mark) {
        this.mark = mark;
    }

    /** The messages as a model's server takes them, oldest first. */
    public static List<String> complete(List<WindowMessage> messages) {
        return units(messages, "").stream().flatMap(List::stream).toList();
    }

    /**
     * The messages in units that may not be divided: calls with their results, any other message alone.
     *
     * @param mark members that the results have which are made up, each with a comma before it
     */
    static List<List<String>> units(List<WindowMessage> messages, String mark) {
        ToolPairs pairs = new ToolPairs(mark);
        messages.forEach(pairs::add);
        pairs.end();
        return pairs.units;
    }

    private void add(WindowMessage message) {
        if (!message.tool()) {
            end();
            answers = !message.calls().isEmpty();
            open.addAll(message.calls());
            unit.add(message.json());
        } else if (isWanted(message)) {
            open.remove(String.valueOf(message.result()));
            unit.add(message.json());
        }
    }

    /** Some servers know results without an id: such a one belongs to the calls before it. */
    private boolean isWanted(WindowMessage result) {
        String id = result.result();
        return id == null ? answers : open.contains(id);
    }

    private void end() {
        for (String id : open) {
            unit.add("{\"role\":\"tool\",\"tool_call_id\":" + JsonText.quote(id) + ",\"content\":\"[no result]\"" + mark
                    + "}");
        }
        open.clear();
        answers = false;
        if (!unit.isEmpty()) {
            units.add(unit);
            unit = new ArrayList<>();
        }
    }
}
