package dev.verbatim.faults.load;

import dev.verbatim.testkit.history.HistoryRecorder;
import dev.verbatim.testkit.history.RecordedCall;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
import java.util.concurrent.atomic.LongAdder;
import java.util.random.RandomGenerator;

/** Many clients at once, who speak in the same conversations through all services. Thread-safe. */
public final class Load {
    private static final Duration PATIENT = Duration.ofSeconds(15);
    private static final int LONGEST_HASTE_MICROS = 60_000;

    private final LoadPlan plan;
    private final List<Target> targets;
    private final Sentences sentences;
    private final HistoryRecorder recorder;
    private final List<Slot> slots = new ArrayList<>();
    private final List<Thread> threads = new ArrayList<>();
    private final LongAdder done = new LongAdder();
    private final ConcurrentMap<String, LongAdder> unforeseen = new ConcurrentHashMap<>();
    private volatile boolean hasty;
    private volatile boolean over;

    /** Clients that are not started yet. */
    public Load(LoadPlan plan, List<Target> targets, Sentences sentences, HistoryRecorder recorder) {
        this.plan = plan;
        this.targets = targets;
        this.sentences = sentences;
        this.recorder = recorder;
        for (int user = 0; user < plan.users(); user++) {
            for (int slot = 0; slot < plan.conversations(); slot++) {
                slots.add(new Slot("user-" + user, "talk-" + slot));
            }
        }
    }

    /** Lets the clients begin. */
    public void start(long seed) {
        SplittableRandom random = new SplittableRandom(seed);
        for (int i = 0; i < plan.clients(); i++) {
            int user = i % plan.users();
            List<Slot> own = slots.subList(user * plan.conversations(), (user + 1) * plan.conversations());
            Client client =
                    new Client(this, recorder.session("user-" + user, "client-" + i), "c" + i, own, random.split());
            threads.add(Thread.ofVirtual().name("client-" + i).start(client));
        }
    }

    /** From now on clients give many calls up before their answer comes, or no longer. */
    public void hasty(boolean now) {
        hasty = now;
    }

    /** Lets the clients end what they are at and waits for that. */
    public void stop() {
        over = true;
        try {
            for (Thread thread : threads) {
                thread.join();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    boolean isOver() {
        return over;
    }

    Target anyTarget(RandomGenerator random) {
        Target any = targets.get(random.nextInt(targets.size()));
        return any.isAvoided() ? targets.get(random.nextInt(targets.size())) : any;
    }

    String anySentence(RandomGenerator random) {
        return sentences.any(random);
    }

    Duration patience(RandomGenerator random) {
        return hasty && random.nextBoolean()
                ? Duration.ofNanos(1_000L * random.nextInt(500, LONGEST_HASTE_MICROS))
                : PATIENT;
    }

    /** How long a client thinks before its next call. */
    Duration thought(RandomGenerator random) {
        double mean = plan.clients() * 1e9 / plan.callsPerSecond();
        return Duration.ofNanos((long) Math.min(10 * mean, -mean * Math.log(1 - random.nextDouble())));
    }

    void done() {
        done.increment();
    }

    /** One call, as it is sent to a service by a client with that much patience. */
    interface Sending {
        Reply to(Target target, Duration patience) throws IOException;
    }

    /** Sends what may change something, to any service; without an answer there is nothing, and the call has ended. */
    Optional<Reply> send(RecordedCall call, RandomGenerator random, Sending sending) {
        try {
            return Optional.of(sending.to(anyTarget(random), patience(random)));
        } catch (IOException e) {
            call.unknown();
            return Optional.empty();
        } finally {
            done();
        }
    }

    /** Ends a call whose answer is an error. */
    void end(RecordedCall call, Reply reply) {
        String text = Target.text(reply);
        if (text.contains("outcome_unknown") || reply.status() == 504) {
            call.unknown();
        } else {
            call.failed();
            if (reply.status() != 503 && reply.status() != 429) {
                unforeseen(text);
            }
        }
    }

    /** Notes an answer that no service should give, whatever is broken. */
    void unforeseen(String answer) {
        unforeseen.computeIfAbsent(answer, text -> new LongAdder()).increment();
    }

    /** How many calls were answered, or given up, so far. */
    public long calls() {
        return done.sum();
    }

    /** Answers that no service should give, and how often they came. */
    public Map<String, Long> unforeseen() {
        Map<String, Long> counts = new TreeMap<>();
        unforeseen.forEach((answer, count) -> counts.put(answer, count.sum()));
        return counts;
    }

    /** Every conversation there ever was, by user. */
    public Map<String, List<String>> conversations() {
        Map<String, List<String>> all = new TreeMap<>();
        slots.forEach(slot ->
                all.computeIfAbsent(slot.user(), user -> new ArrayList<>()).addAll(slot.all()));
        return all;
    }
}
