package dev.verbatim.server.window;

import dev.verbatim.server.json.RawValue;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/** The text in a message's content. */
public final class Texts {
    private Texts() {}

    /** A string as it is, of parts those that are text, one a line; empty when there is none. */
    public static String of(@Nullable RawValue content) {
        if (content == null) {
            return "";
        }
        String text = content.string();
        if (text != null) {
            return text;
        }
        StringBuilder joined = new StringBuilder();
        for (RawValue part : content.elements()) {
            Map<String, RawValue> members = part.members();
            RawValue partText = members.get("text");
            String piece = partText == null ? null : partText.string();
            if (piece != null) {
                joined.append(joined.isEmpty() ? "" : "\n").append(piece);
            }
        }
        return joined.toString();
    }
}
