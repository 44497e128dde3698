package dev.verbatim.faults.load;

import dev.verbatim.faults.Pause;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Semaphore;

/**
 * So many calls a second, each begun when its time has come, however long those before it take: four reads for one append,
 * in real conversations. When very many are under way, further ones wait for a connection, and that counts as time they
 * took. Started, named and ended by one thread.
 */
public final class SteadyLoad {
    private static final int USERS = 20;
    private static final int MOST_UNDER_WAY = 500;
    private static final Duration PATIENCE = Duration.ofSeconds(15);

    private final Target target;
    private final Dialogues dialogues;
    private final SplittableRandom random;
    private final long gapNanos;
    private final Semaphore underWay = new Semaphore(MOST_UNDER_WAY);
    private final List<Phase> phases = new CopyOnWriteArrayList<>();
    private volatile boolean over;
    private Thread caller = Thread.currentThread();

    /** Calls of one service; which, follows from the seed. */
    public SteadyLoad(Target target, Dialogues dialogues, long seed, int callsPerSecond) {
        this.target = target;
        this.dialogues = dialogues;
        random = new SplittableRandom(seed);
        gapNanos = 1_000_000_000L / callsPerSecond;
    }

    /** Stores the conversations as they are before it begins. */
    public void prepare() throws IOException {
        for (int i = 0; i < dialogues.size(); i++) {
            Reply reply = target.append(user(i), name(i), String.join(",", dialogues.messages(i)), PATIENCE);
            if (reply.status() != 201) {
                throw new IOException("a conversation was not stored: " + Target.text(reply));
            }
        }
    }

    /** Begins to call, in a phase of that name. */
    public void start(String name) {
        phase(name);
        caller = Thread.ofPlatform().name("steady-load").start(this::callAll);
    }

    /** What is called from now on belongs to a phase of that name. */
    public void phase(String name) {
        phases.add(new Phase(name));
    }

    /** Begins no more calls, waits for those under way, and returns how each phase was, one a line. */
    public String end() {
        over = true;
        try {
            caller.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        underWay.acquireUninterruptibly(MOST_UNDER_WAY);
        List<String> lines = new ArrayList<>();
        phases.forEach(phase -> lines.add(phase.toString()));
        return String.join("\n", lines);
    }

    /** Whether every call was answered with what was asked for. */
    public boolean isAllWell() {
        return phases.stream().allMatch(Phase::isAllWell);
    }

    private void callAll() {
        for (long due = System.nanoTime(); !over; due += gapNanos) {
            Pause.until(due);
            int dialogue = random.nextInt(dialogues.size());
            List<String> messages = dialogues.messages(dialogue);
            String message = random.nextInt(5) == 0 ? messages.get(random.nextInt(messages.size())) : "";
            Phase phase = phases.getLast();
            long begun = due;
            underWay.acquireUninterruptibly();
            Thread.ofVirtual().start(() -> call(phase, dialogue, message, begun));
        }
    }

    private void call(Phase phase, int dialogue, String message, long due) {
        try {
            Reply reply = message.isEmpty()
                    ? target.read(user(dialogue), name(dialogue), "?limit=20", false, PATIENCE)
                    : target.append(user(dialogue), name(dialogue), message, PATIENCE);
            phase.answered(reply, !message.isEmpty(), System.nanoTime() - due);
        } catch (IOException e) {
            phase.failed(e.toString());
        } finally {
            underWay.release();
        }
    }

    private static String user(int dialogue) {
        return "user-" + dialogue % USERS;
    }

    private static String name(int dialogue) {
        return "dialogue-" + dialogue;
    }
}
