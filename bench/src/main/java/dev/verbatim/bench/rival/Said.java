package dev.verbatim.bench.rival;

/**
 * What somebody said in a dialogue.
 *
 * @param role {@code user} or {@code assistant}
 * @param content the text
 */
public record Said(String role, String content) {
    boolean byUser() {
        return role.equals("user");
    }
}
