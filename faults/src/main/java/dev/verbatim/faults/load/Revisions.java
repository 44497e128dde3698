package dev.verbatim.faults.load;

import dev.verbatim.testkit.history.Change;
import dev.verbatim.testkit.history.RecordedCall;
import dev.verbatim.testkit.history.RecordedSession;
import dev.verbatim.testkit.history.Written;
import java.nio.charset.StandardCharsets;
import java.util.HashMap;
import java.util.Map;
import java.util.random.RandomGenerator;

/**
 * What one client changes of what it said: the newest message it knows to be stored gets another content, or goes with all
 * that follows it. No change is sent twice, and none that would change nothing, for after that the generation would be the
 * same as before.
 */
final class Revisions {
    /** A message that is stored, and the tag of the answer that said so. */
    private record Said(String id, String role, long seq, String tag) {}

    private final Load load;
    private final RecordedSession session;
    private final String revisionPrefix;
    private final RandomGenerator random;
    private final Map<String, Said> newest = new HashMap<>();
    private long revisions;

    Revisions(Load load, RecordedSession session, String revisionPrefix, RandomGenerator random) {
        this.load = load;
        this.session = session;
        this.revisionPrefix = revisionPrefix;
        this.random = random;
    }

    /** Messages were stored, the last of them as the newest that the answer knows of. */
    void said(String conversation, Outgoing messages, Reply reply) {
        newest.put(conversation, new Said(messages.lastId(), messages.lastRole(), reply.lastSeq(), reply.tag()));
    }

    void forget(String conversation) {
        newest.remove(conversation);
    }

    /** Gives the newest message a content that no message had before. */
    void edit(Slot slot) {
        String conversation = slot.conversation();
        Said said = newest.get(conversation);
        if (said == null) {
            return;
        }
        String message = "{\"id\":\"" + said.id() + "\",\"role\":\"" + said.role() + "\",\"content\":"
                + load.anySentence(random) + ",\"revision\":\"" + revisionPrefix + "-" + revisions++ + "\"}";
        Written written = Written.of(message.getBytes(StandardCharsets.UTF_8));
        RecordedCall call = session.change(conversation, new Change.Edit(written));
        load.send(
                        call,
                        random,
                        (target, patience) -> target.edit(slot.user(), conversation, said.id(), message, patience))
                .ifPresent(reply -> end(call, reply));
    }

    /** Takes the newest message away with all that follows, if nobody changed the conversation otherwise than by appends. */
    void truncate(Slot slot) {
        String conversation = slot.conversation();
        Said said = newest.remove(conversation);
        if (said == null) {
            return;
        }
        long after = said.seq() - 1;
        RecordedCall call = session.change(conversation, new Change.Truncate(after));
        load.send(
                        call,
                        random,
                        (target, patience) -> target.truncate(slot.user(), conversation, after, said.tag(), patience))
                .ifPresent(reply -> end(call, reply));
    }

    private void end(RecordedCall call, Reply reply) {
        switch (reply.status()) {
            case 200 -> call.done();
            case 404 -> call.notFound();
            case 412 -> call.refused();
            default -> load.end(call, reply);
        }
    }
}
