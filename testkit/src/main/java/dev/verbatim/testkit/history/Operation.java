package dev.verbatim.testkit.history;

/** One call of one client, with what came of it. */
public sealed interface Operation permits Append, Create, Read, Change {
    /** Who called and when. */
    Call call();

    /** What came of it. */
    Answer answer();
}
