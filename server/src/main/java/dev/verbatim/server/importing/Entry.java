package dev.verbatim.server.importing;

/** What stands at one place of a file. */
public sealed interface Entry {
    /** Where, for people: {@code line 12}. */
    String at();

    /** How many bytes of the file it takes. */
    long bytes();

    /** A conversation. */
    record Found(String at, long bytes, SourceConversation conversation) implements Entry {}

    /** Something that cannot be read as a conversation, and why. */
    record Bad(String at, long bytes, String reason) implements Entry {}
}
