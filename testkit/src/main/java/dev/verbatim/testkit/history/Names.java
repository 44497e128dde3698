package dev.verbatim.testkit.history;

/** Names in a history: what a line of text, split at spaces, can carry. */
final class Names {
    private Names() {}

    static void check(String what, String name) {
        if (name.isEmpty() || !name.chars().allMatch(c -> c > ' ' && c < 127 && c != '"' && c != '\\')) {
            throw new IllegalArgumentException(what + " \"" + name
                    + "\" cannot be recorded: use printable ASCII without space, quote and backslash");
        }
    }
}
