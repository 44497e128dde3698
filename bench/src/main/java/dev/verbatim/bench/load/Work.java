package dev.verbatim.bench.load;

import dev.verbatim.bench.rival.Rival;
import java.util.concurrent.ThreadLocalRandom;

/** What one caller does once. Thread-safe. */
public final class Work {
    /** The kinds of work. */
    public enum Kind {
        /** One message. */
        APPEND,
        /** A question and its answer. */
        TURN,
        /** The newest messages. */
        READ
    }

    private final Rival rival;
    private final Keys keys;
    private final Dialogues dialogues;

    public Work(Rival rival, Keys keys, Dialogues dialogues) {
        this.rival = rival;
        this.keys = keys;
        this.dialogues = dialogues;
    }

    /** Does it, on a conversation chosen by chance. */
    public void once(Kind kind) {
        String conversation = keys.any();
        int number = ThreadLocalRandom.current().nextInt(Integer.MAX_VALUE);
        switch (kind) {
            case APPEND -> rival.append(conversation, dialogues.said(number));
            case TURN -> rival.appendTurn(conversation, dialogues.said(number), dialogues.said(number + 1));
            case READ -> read(conversation);
        }
    }

    private void read(String conversation) {
        if (rival.read(conversation).isEmpty()) {
            throw new IllegalStateException(conversation + " came back empty");
        }
    }
}
