package dev.verbatim.faults.load;

import dev.verbatim.faults.Pause;
import dev.verbatim.testkit.history.Change;
import dev.verbatim.testkit.history.RecordedCall;
import dev.verbatim.testkit.history.RecordedSession;
import dev.verbatim.testkit.history.SliceAsked;
import java.io.IOException;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/** One client: reads and writes in conversations it shares with others, through whichever service. */
final class Client implements Runnable {
    private static final int TRIES = 60;
    private static final int SHORTEST_WAIT_MS = 20;
    private static final int LONGEST_WAIT_MS = 400;

    private final Load load;
    private final RecordedSession session;
    private final String idPrefix;
    private final List<Slot> slots;
    private final RandomGenerator random;
    private final Revisions revisions;
    private final Map<String, Long> seen = new HashMap<>();
    private long sent;

    Client(Load load, RecordedSession session, String idPrefix, List<Slot> slots, RandomGenerator random) {
        this.load = load;
        this.session = session;
        this.idPrefix = idPrefix;
        this.slots = slots;
        this.random = random;
        revisions = new Revisions(load, session, idPrefix, random);
    }

    @Override
    public void run() {
        while (!load.isOver()) {
            Pause.of(load.thought(random));
            Slot slot = slots.get(random.nextInt(slots.size()));
            int what = random.nextInt(1_000);
            if (what < 350) {
                append(slot);
            } else if (what < 353) {
                delete(slot);
            } else if (what < 357) {
                revisions.edit(slot);
            } else if (what < 359) {
                revisions.truncate(slot);
            } else {
                read(slot, slot.conversation());
            }
        }
    }

    private void append(Slot slot) {
        Outgoing messages = outgoing();
        String conversation = slot.conversation();
        for (int i = 0; i < TRIES && !isAppended(slot, conversation, messages); i++) {
            Pause.of(Duration.ofMillis(random.nextInt(SHORTEST_WAIT_MS, LONGEST_WAIT_MS)));
        }
        slot.sent(messages.written().size());
    }

    private Outgoing outgoing() {
        int count = random.nextInt(4) == 0 ? random.nextInt(2, 5) : 1;
        Outgoing messages = new Outgoing();
        for (int i = 0; i < count; i++) {
            messages.add(
                    idPrefix + "-" + sent++, random.nextBoolean() ? "user" : "assistant", load.anySentence(random));
        }
        return messages;
    }

    /** Whether the append has come to an end, well or not; else the same is to be sent again. */
    private boolean isAppended(Slot slot, String conversation, Outgoing messages) {
        RecordedCall call = session.append(conversation, messages.written());
        return load.send(
                        call,
                        random,
                        (target, patience) -> target.append(slot.user(), conversation, messages.json(), patience))
                .map(reply -> endAppend(slot, conversation, messages, call, reply))
                .orElse(false);
    }

    private boolean endAppend(Slot slot, String conversation, Outgoing messages, RecordedCall call, Reply reply) {
        if (reply.status() == 201) {
            call.known(reply.gen(), reply.lastSeq(), reply.lines());
            seen.put(conversation, reply.lastSeq());
            revisions.said(conversation, messages, reply);
            return true;
        }
        if (reply.status() == 404 || reply.status() == 410) {
            call.notFound();
            slot.leave(conversation);
            return true;
        }
        load.end(call, reply);
        return false;
    }

    private void delete(Slot slot) {
        String conversation = slot.conversation();
        RecordedCall call = session.change(conversation, new Change.Delete());
        load.send(call, random, (target, patience) -> target.delete(slot.user(), conversation, patience))
                .ifPresent(reply -> {
                    switch (reply.status()) {
                        case 204 -> call.done();
                        case 404 -> call.notFound();
                        default -> load.end(call, reply);
                    }
                });
        seen.remove(conversation);
        revisions.forget(conversation);
        if (random.nextInt(4) == 0) {
            slot.leave(conversation);
        } else {
            read(slot, conversation);
            create(slot, conversation);
        }
    }

    private void create(Slot slot, String conversation) {
        RecordedCall call = session.create(conversation);
        load.send(call, random, (target, patience) -> target.create(slot.user(), conversation, patience))
                .ifPresent(reply -> {
                    if (reply.status() == 201 || reply.status() == 200) {
                        Map<String, Long> made = Made.of(reply.body());
                        call.known(made.getOrDefault("gen", 0L), made.getOrDefault("last_seq", 0L), List.of());
                    } else {
                        load.end(call, reply);
                    }
                });
    }

    private void read(Slot slot, String conversation) {
        SliceAsked slice = anySlice(conversation);
        RecordedCall call = session.read(conversation, slice);
        try {
            Reply reply = load.anyTarget(random)
                    .read(slot.user(), conversation, query(slice), slice.fresh(), load.patience(random));
            Reads.end(call, reply);
            if (reply.status() == 200) {
                seen.merge(conversation, reply.lastSeq(), Math::max);
            } else if (reply.status() != 404 && reply.status() != 503 && reply.status() != 429) {
                load.unforeseen(Target.text(reply));
            }
        } catch (IOException e) {
            call.failed();
        } finally {
            load.done();
        }
    }

    private SliceAsked anySlice(String conversation) {
        long end = seen.getOrDefault(conversation, 0L);
        int limit = random.nextInt(3) == 0 ? random.nextInt(1, 60) : 20;
        int what = random.nextInt(100);
        long after = what < 8 ? random.nextLong(end + 1) : SliceAsked.NONE;
        long before = what >= 5 && what < 14 ? random.nextLong(1, end + 2) : SliceAsked.NONE;
        long minSeq = random.nextInt(20) == 0 ? end : 0;
        return new SliceAsked(after, before, limit, minSeq, random.nextInt(30) == 0);
    }

    static String query(SliceAsked slice) {
        return "?limit=" + slice.limit()
                + (slice.after() == SliceAsked.NONE ? "" : "&after=" + slice.after())
                + (slice.before() == SliceAsked.NONE ? "" : "&before=" + slice.before())
                + (slice.minSeq() == 0 ? "" : "&min_seq=" + slice.minSeq());
    }
}
