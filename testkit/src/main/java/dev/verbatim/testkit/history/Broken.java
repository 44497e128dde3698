package dev.verbatim.testkit.history;

/** What can be wrong with a history, and which promise it breaks. */
public enum Broken {
    /** An acknowledged message, or conversation, is not in PostgreSQL in the end, and nobody took it away. */
    LOST("nothing acknowledged is lost"),
    /** A message is in one conversation twice. */
    TWICE("nothing is there twice"),
    /** The numbers of the final log are not 1, 2, 3 and so on. */
    GAP("seq has no gap"),
    /** A number was answered to mean one message, and means another one, or other bytes, elsewhere. */
    CHANGED("what a seq means is fixed"),
    /** What a read returned is not in PostgreSQL in the end, was never acknowledged, and nobody took it away. */
    VANISHED("what was read stays"),
    /** A read's messages are not the ones that its slice has in a conversation of that end. */
    NOT_THE_SLICE("every read is an exact slice"),
    /** An append's answer does not show the messages that were sent. */
    NOT_WHAT_WAS_SENT("an append's answer shows what was sent"),
    /** A message was read before anybody sent it: clocks, or the recording, are wrong. */
    TOO_EARLY("nothing is read before it is written"),
    /** A read missed what was acknowledged to somebody else before. */
    MISSED_ACKNOWLEDGED("no read is older than the newest acknowledged"),
    /** A read was older than what another session had been shown before. */
    OLDER_THAN_A_READ("no read is older than what was already returned"),
    /** A read missed what its own session had written before. */
    MISSED_OWN_WRITE("sessions read their own writes"),
    /** A read was older than what its own session had been shown before. */
    WENT_BACK("sessions never go back"),
    /** A read showed what an acknowledged change had taken away or replaced before. */
    SHOWED_REPLACED("nothing deleted or replaced comes back"),
    /** An append that was answered before another one was asked got a higher number. */
    OUT_OF_ORDER("the order of appends respects real time"),
    /** A message sent again got another number. */
    REPEAT_MOVED("a repeat returns the first seq"),
    /** Somebody got a message that was never sent by that user to that conversation. */
    FOREIGN("no byte of another user"),
    /** After everything came to rest, a read through the service and PostgreSQL do not agree. */
    DISAGREES("after quiet cache and PostgreSQL agree");

    private final String promise;

    Broken(String promise) {
        this.promise = promise;
    }

    /** The promise that does not hold then. */
    public String promise() {
        return promise;
    }
}
