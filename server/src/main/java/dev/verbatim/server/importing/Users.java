package dev.verbatim.server.importing;

import dev.verbatim.Owner;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Says whose a conversation is. Immutable. */
public final class Users {
    /** Who gets what nobody else does. */
    public static final String UNKNOWN = "unknown";

    private static final Pattern NOTHING = Pattern.compile("(?!)");

    private final Pattern pattern;
    private final String otherwise;

    private Users(Pattern pattern, String otherwise) {
        this.pattern = pattern;
        this.otherwise = otherwise;
    }

    /**
     * Everything is {@code name}'s.
     *
     * @throws dev.verbatim.InvalidInputException when nobody can be called that
     */
    public static Users named(String name) {
        Owner.named(name);
        return new Users(NOTHING, name);
    }

    /**
     * The user is what the first group of {@code pattern} finds in a conversation's id, and {@link #UNKNOWN} when it finds
     * nothing.
     *
     * @throws IllegalArgumentException when it has no group: what stands around a name must be told from it
     */
    public static Users found(Pattern pattern) {
        if (pattern.matcher("").groupCount() == 0) {
            throw new IllegalArgumentException("the pattern has no group");
        }
        return new Users(pattern, UNKNOWN);
    }

    /** Whose the conversation called {@code id} is. */
    String of(String id) {
        Matcher matcher = pattern.matcher(id);
        String name = matcher.find() ? matcher.group(1) : null;
        return name == null || name.isEmpty() ? otherwise : name;
    }
}
