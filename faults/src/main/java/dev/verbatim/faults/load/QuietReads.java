package dev.verbatim.faults.load;

import dev.verbatim.testkit.history.HistoryRecorder;
import dev.verbatim.testkit.history.RecordedCall;
import dev.verbatim.testkit.history.RecordedSession;
import dev.verbatim.testkit.history.SliceAsked;
import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.Map;

/** Reads everything through a service once all is at rest. */
public final class QuietReads {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int NEWEST = 20;
    private static final int ALL = 1_000;

    private QuietReads() {}

    /**
     * Reads the newest messages of every conversation, and all of them.
     *
     * @param name of the service
     */
    public static void through(
            Target target, String name, Map<String, List<String>> conversations, HistoryRecorder recorder)
            throws IOException {
        for (Map.Entry<String, List<String>> user : conversations.entrySet()) {
            RecordedSession session = recorder.session(user.getKey(), "quiet-" + name + "-" + user.getKey());
            for (String conversation : user.getValue()) {
                read(target, session, user.getKey(), conversation, SliceAsked.newest(NEWEST));
                read(target, session, user.getKey(), conversation, new SliceAsked(0, SliceAsked.NONE, ALL, 0, false));
            }
        }
    }

    private static void read(Target target, RecordedSession session, String user, String conversation, SliceAsked slice)
            throws IOException {
        RecordedCall call = session.quietRead(conversation, slice);
        Reply reply = target.read(user, conversation, Client.query(slice), false, PATIENCE);
        Reads.end(call, reply);
        if (reply.status() != 200 && reply.status() != 404) {
            throw new IOException("a read at rest was answered with " + Target.text(reply));
        }
    }
}
