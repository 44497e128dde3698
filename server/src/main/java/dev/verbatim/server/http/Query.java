package dev.verbatim.server.http;

import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/** The query of a request: each parameter known and given at most once. Immutable. */
public final class Query {
    private static final Query EMPTY = new Query(Map.of());
    private static final int LONGEST_NUMBER = 18;

    private final Map<String, String> values;

    private Query(Map<String, String> values) {
        this.values = values;
    }

    /**
     * Reads the part of a URL behind the question mark.
     *
     * @throws ApiException (400) for a parameter that is not among {@code known} or is given twice
     */
    static Query parse(String raw, Set<String> known) {
        if (raw.isEmpty()) {
            return EMPTY;
        }
        Map<String, String> values = new LinkedHashMap<>();
        for (String pair : raw.split("&", -1)) {
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = Percent.decode("query", equals < 0 ? pair : pair.substring(0, equals), true);
                if (!known.contains(name)) {
                    throw ApiException.invalid(name, unknown(name, known));
                }
                String value = equals < 0 ? "" : Percent.decode(name, pair.substring(equals + 1), true);
                if (values.put(name, value) != null) {
                    throw ApiException.invalid(name, "query parameter " + name + " is given more than once");
                }
            }
        }
        return new Query(values);
    }

    private static String unknown(String name, Set<String> known) {
        return "unknown query parameter \"" + name + "\"; "
                + (known.isEmpty()
                        ? "there are none here"
                        : "known are "
                                + String.join(", ", known.stream().sorted().toList()));
    }

    /** The value of {@code name}, if it was given. */
    public Optional<String> text(String name) {
        return Optional.ofNullable(values.get(name));
    }

    /** A whole number from {@code min} to {@code max}, if it was given. */
    public OptionalLong number(String name, long min, long max) {
        String text = values.get(name);
        if (text == null) {
            return OptionalLong.empty();
        }
        if (!isNumber(text) || Long.parseLong(text) < min || Long.parseLong(text) > max) {
            throw ApiException.invalid(name, name + " must be a whole number from " + min + " to " + max);
        }
        return OptionalLong.of(Long.parseLong(text));
    }

    /** {@code limit}: 1 to 1,000, else 20. */
    public int limit() {
        return (int) number("limit", 1, 1_000).orElse(20);
    }

    /** {@code true} or {@code false}; false when it was not given. */
    public boolean flag(String name) {
        @Nullable String text = values.get(name);
        if (text == null || text.equals("false")) {
            return false;
        }
        if (text.equals("true")) {
            return true;
        }
        throw ApiException.invalid(name, name + " must be true or false");
    }

    private static boolean isNumber(String text) {
        return !text.isEmpty()
                && text.length() <= LONGEST_NUMBER
                && text.chars().allMatch(c -> c >= '0' && c <= '9');
    }
}
