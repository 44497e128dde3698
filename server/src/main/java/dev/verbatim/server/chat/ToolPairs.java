package dev.verbatim.server.chat;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/**
 * Keeps tool calls and their results together, for a model's server refuses one without the other: a result whose call
 * is not there is left out, and a call that has no result gets one that says so. Used once.
 */
final class ToolPairs {
    private final List<String> out = new ArrayList<>();
    private Set<String> calls = Set.of();
    private final Set<String> open = new LinkedHashSet<>();

    private ToolPairs() {}

    static List<String> complete(List<PromptMessage> messages) {
        ToolPairs pairs = new ToolPairs();
        messages.forEach(pairs::add);
        pairs.closeOpen();
        return pairs.out;
    }

    private void add(PromptMessage message) {
        if (!message.tool()) {
            closeOpen();
            calls = message.calls();
            open.addAll(calls);
            out.add(message.json());
        } else if (isWanted(message)) {
            open.remove(String.valueOf(message.result()));
            out.add(message.json());
        }
    }

    /** Some servers know results without an id: such a one belongs to the calls before it. */
    private boolean isWanted(PromptMessage result) {
        String id = result.result();
        return id == null ? !calls.isEmpty() : calls.contains(id);
    }

    private void closeOpen() {
        for (String id : open) {
            out.add("{\"role\":\"tool\",\"tool_call_id\":" + JsonText.quote(id) + ",\"content\":\"[no result]\"}");
        }
        open.clear();
    }
}
