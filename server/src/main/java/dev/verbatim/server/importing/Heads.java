package dev.verbatim.server.importing;

import dev.verbatim.NewConversation;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

/** Makes a conversation's head of what another product knows of it. */
final class Heads {
    private static final int LONGEST_TITLE = 1_000;

    private Heads() {}

    /**
     * A head whose metadata is {@code others}; a title that the store would not take is changed so that it does, and kept
     * in the metadata as it was.
     */
    static NewConversation of(String id, @Nullable String title, ObjectNode others) {
        String fit = title == null || title.isBlank() ? null : cut(wellFormed(title), LONGEST_TITLE);
        if (fit != null && !fit.equals(title)) {
            others.put("title", title);
        }
        return new NewConversation(BroughtIds.fitting(id), fit, JsonTexts.of(others));
    }

    /** The id that {@code entry} has under the first of {@code names} it knows, else one made of all that it holds. */
    static String id(ObjectNode entry, String... names) {
        String id = text(entry, names);
        return id == null || id.isEmpty() ? BroughtIds.made(JsonTexts.of(entry)) : id;
    }

    /** The first {@code most} characters. */
    static String cut(String text, int most) {
        return text.codePointCount(0, text.length()) <= most
                ? text
                : text.substring(0, text.offsetByCodePoints(0, most));
    }

    private static String wellFormed(String text) {
        return text.codePoints()
                .map(c -> c == 0 || (c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE) ? 0xFFFD : c)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    /** The text of the first of {@code names} that has one, or null. */
    static @Nullable String text(JsonNode object, String... names) {
        for (String name : names) {
            JsonNode value = object.get(name);
            if (value != null && value.isString()) {
                return Objects.requireNonNull(value.stringValue());
            }
        }
        return null;
    }
}
