package dev.verbatim;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Part of a list.
 *
 * @param data the entries, in the list's order
 * @param next what to give as {@code after} for the next page, or null at the end; opaque
 * @param <T> what the list holds
 */
public record Page<T>(List<T> data, @Nullable String next) {
    public Page {
        data = List.copyOf(data);
    }
}
