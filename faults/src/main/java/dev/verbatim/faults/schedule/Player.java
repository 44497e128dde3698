package dev.verbatim.faults.schedule;

import dev.verbatim.faults.Pause;
import dev.verbatim.faults.load.Load;
import dev.verbatim.faults.site.Site;
import dev.verbatim.testkit.history.Fault;
import dev.verbatim.testkit.history.HistoryRecorder;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Breaks what a schedule says, one after the other, and records when. */
public final class Player {
    private static final int ATTEMPTS = 3;
    private static final long MILLI = 1_000_000;

    private final Site site;
    private final Load load;
    private final HistoryRecorder recorder;
    private final Map<String, Integer> happened = new TreeMap<>();
    private final List<Fault> faults = new CopyOnWriteArrayList<>();

    /** Breaks that site while it is under that load. */
    public Player(Site site, Load load, HistoryRecorder recorder) {
        this.site = site;
        this.load = load;
        this.recorder = recorder;
    }

    /** Plays all of it; throws {@link IllegalStateException} when something could not be mended. */
    public void play(Schedule schedule) {
        try (ExecutorService threads = Executors.newVirtualThreadPerTaskExecutor()) {
            for (Planned planned : schedule.planned()) {
                Pause.of(planned.gap());
                play(planned, threads);
            }
        }
    }

    private void play(Planned planned, ExecutorService threads) {
        SplittableRandom random = new SplittableRandom(planned.seed());
        List<Future<Boolean>> under = new ArrayList<>();
        for (int i = 0; i < planned.kinds().size(); i++) {
            Kind kind = planned.kinds().get(i);
            SplittableRandom own = random.split();
            Duration length = planned.lengths().get(i);
            under.add(threads.submit(() -> isBroughtAbout(kind, own, length)));
        }
        for (int i = 0; i < under.size(); i++) {
            happened.merge(planned.kinds().get(i).name(), isDone(under.get(i)) ? 1 : 0, Integer::sum);
        }
    }

    private boolean isBroughtAbout(Kind kind, SplittableRandom random, Duration length) {
        for (int attempt = 0; attempt < ATTEMPTS; attempt++) {
            long begun = System.nanoTime();
            OptionalLong since = kind.breakage().happen(new Scene(site, load, random, length, begun, attempt > 0));
            long to = System.nanoTime();
            if (since.isPresent()) {
                note(new Fault(kind.name(), since.getAsLong(), to));
                return true;
            }
            System.out.println(kind.name() + " DID NOT HAPPEN, " + (to - begun) / MILLI + " ms");
        }
        return false;
    }

    private void note(Fault fault) {
        recorder.fault(fault);
        faults.add(fault);
        System.out.printf(
                Locale.ROOT,
                "%s happened, %d ms, %d calls so far%n",
                fault.name(),
                (fault.to() - fault.from()) / MILLI,
                load.calls());
    }

    private static boolean isDone(Future<Boolean> future) {
        try {
            return future.get();
        } catch (ExecutionException e) {
            throw new IllegalStateException("a fault could not be brought about or mended", e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IllegalStateException(e);
        }
    }

    /** What was broken so far, and when. */
    public List<Fault> faults() {
        return List.copyOf(faults);
    }

    /** How often each kind happened: 0 for one that was planned and never came about. */
    public Map<String, Integer> happened() {
        return happened;
    }
}
