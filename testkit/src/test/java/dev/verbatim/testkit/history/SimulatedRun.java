package dev.verbatim.testkit.history;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.PriorityQueue;
import java.util.Random;

/**
 * A right history of many concurrent clients, made by chance: appends, repeats of those without an answer, reads, deletions
 * and other changes, some of which fail, are of unknown outcome, or take place after the client gave up. While something is
 * broken, reads show what was up to a second before, or are marked and show what was up to five seconds before.
 */
final class SimulatedRun {
    private static final long MILLI = 1_000_000;
    private static final long SECOND = 1_000 * MILLI;
    private static final int SESSIONS = 40;
    private static final int USERS = 8;

    private record Event(long time, Runnable action) {}

    /** An append of unknown outcome, to be sent again. */
    private record Unanswered(String conversation, List<Written> messages) {}

    private final Random random;
    private final int wanted;
    private final SimulatedStore store;
    private final PriorityQueue<Event> events = new PriorityQueue<>(Comparator.comparingLong(Event::time));
    private final List<Operation> operations = new ArrayList<>();
    private final List<Fault> faults = new ArrayList<>();
    private final Map<String, Unanswered> unanswered = new HashMap<>();

    private SimulatedRun(long seed, int wanted) {
        this.random = new Random(seed);
        this.wanted = wanted;
        this.store = new SimulatedStore(random);
    }

    /** Not so few operations, with or without reads after quiet. */
    static History of(long seed, int operations, boolean quiet) {
        return new SimulatedRun(seed, operations).run(quiet);
    }

    private History run(boolean quiet) {
        for (long from = SECOND; from < 1_000 * SECOND; from += 4 * SECOND) {
            faults.add(new Fault("slow", from, from + random.nextLong(2 * SECOND)));
        }
        for (int i = 0; i < SESSIONS; i++) {
            next("s" + i, "u" + i % USERS, random.nextLong(MILLI));
        }
        long now = 0;
        while (!events.isEmpty()) {
            Event event = events.remove();
            now = event.time();
            event.action().run();
        }
        if (quiet) {
            readQuietly(now + 60 * SECOND);
        }
        return new History(operations, faults, store.finalLog());
    }

    private void readQuietly(long now) {
        for (int i = 0; i < USERS; i++) {
            for (int j = 0; j < conversations(); j++) {
                Call call = new Call("u" + i, "quiet", "c" + j, now, now + MILLI);
                SliceAsked slice = SliceAsked.newest(1_000);
                operations.add(new Read(call, slice, store.read(call.key(), now, slice), false, true));
            }
        }
    }

    private int conversations() {
        return Math.max(2, wanted / 2_000);
    }

    private void at(long time, Runnable action) {
        events.add(new Event(time, action));
    }

    private void next(String session, String user, long now) {
        if (operations.size() >= wanted) {
            return;
        }
        long asked = now + random.nextLong(4 * MILLI);
        long effect = asked + random.nextLong(2 * MILLI);
        long answered = effect + 1 + random.nextLong(2 * MILLI);
        String conversation = "c" + random.nextInt(conversations());
        int chance = random.nextInt(1_000);
        if (chance < 300) {
            append(new Call(user, session, conversation, asked, answered), effect);
        } else if (chance < 306) {
            change(new Call(user, session, conversation, asked, answered), effect);
        } else {
            read(new Call(user, session, conversation, asked, answered), effect);
        }
        at(answered, () -> next(session, user, answered));
    }

    private void append(Call chosen, long effect) {
        Unanswered again = unanswered.remove(chosen.session());
        List<Written> messages = again == null ? newMessages() : again.messages();
        String conversation = again == null ? chosen.conversation() : again.conversation();
        Call call = new Call(chosen.user(), chosen.session(), conversation, chosen.asked(), chosen.answered());
        int chance = random.nextInt(100);
        if (chance == 0) {
            operations.add(new Append(call, messages, Answer.Other.FAILED));
        } else if (chance <= 4) {
            unanswered.put(call.session(), new Unanswered(conversation, messages));
            operations.add(new Append(call, messages, Answer.Other.UNKNOWN));
            maybeLater(effect, time -> store.append(call.key(), time, messages));
        } else {
            at(effect, () -> {
                if (store.at(call.key(), effect) == null) {
                    operations.add(new Create(call, store.create(call.key(), effect)));
                } else {
                    operations.add(new Append(call, messages, store.append(call.key(), effect, messages)));
                }
            });
        }
    }

    private List<Written> newMessages() {
        return random.ints(1 + random.nextInt(3))
                .mapToObj(part -> new Written(Long.toHexString(random.nextLong()) + part, random.nextLong()))
                .toList();
    }

    private interface Effect {
        void at(long time);
    }

    /** What came of a call that was not answered: nothing, or something, now or after the client gave up. */
    private void maybeLater(long effect, Effect change) {
        int chance = random.nextInt(3);
        if (chance > 0) {
            long time = effect + (chance == 1 ? 0 : random.nextLong(50 * MILLI));
            at(time, () -> change.at(time));
        }
    }

    private void change(Call call, long effect) {
        Change.What what = switch (random.nextInt(4)) {
            case 0 -> new Change.Truncate(random.nextInt(10));
            case 1 -> edit(call, effect);
            default -> new Change.Delete();
        };
        if (random.nextInt(10) == 0) {
            operations.add(new Change(call, what, Answer.Other.UNKNOWN));
            maybeLater(effect, time -> store.change(call.key(), time, what));
        } else {
            at(effect, () -> operations.add(new Change(call, what, store.change(call.key(), effect, what))));
        }
    }

    private Change.What edit(Call call, long effect) {
        SimulatedStore.State state = store.at(call.key(), effect);
        return state == null || state.lines().isEmpty()
                ? new Change.Delete()
                : new Change.Edit(new Written(state.lines().getFirst().id(), random.nextLong()));
    }

    private void read(Call call, long effect) {
        SliceAsked slice = slice();
        boolean inside = faults.stream()
                .anyMatch(fault -> call.asked() >= fault.from() && call.asked() <= fault.to() + 3 * SECOND / 2);
        if (inside && random.nextInt(20) == 0) {
            operations.add(new Read(call, slice, Answer.Other.FAILED, false, false));
        } else if (inside && random.nextInt(20) == 0) {
            long age = random.nextLong(5 * SECOND);
            operations.add(new Read(call, slice, store.read(call.key(), call.asked() - age, slice), true, false));
        } else if (inside && !slice.fresh() && slice.minSeq() == 0) {
            long age = random.nextLong(SECOND);
            operations.add(new Read(call, slice, store.read(call.key(), call.asked() - age, slice), false, false));
        } else {
            at(
                    effect,
                    () -> operations.add(new Read(call, slice, store.read(call.key(), effect, slice), false, false)));
        }
    }

    private SliceAsked slice() {
        return switch (random.nextInt(10)) {
            case 0 -> new SliceAsked(random.nextInt(20), SliceAsked.NONE, 1 + random.nextInt(20), 0, false);
            case 1 -> new SliceAsked(SliceAsked.NONE, 1 + random.nextInt(20), 1 + random.nextInt(20), 0, false);
            case 2 -> new SliceAsked(random.nextInt(20), 1 + random.nextInt(40), 1 + random.nextInt(20), 0, false);
            case 3 -> new SliceAsked(SliceAsked.NONE, SliceAsked.NONE, 20, random.nextInt(50), true);
            case 4 -> new SliceAsked(SliceAsked.NONE, SliceAsked.NONE, 20, random.nextInt(50), false);
            default -> SliceAsked.newest(20);
        };
    }
}
