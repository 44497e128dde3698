package dev.verbatim.faults.schedule;

import dev.verbatim.faults.Pause;
import dev.verbatim.faults.load.Load;
import dev.verbatim.faults.site.Site;
import dev.verbatim.testkit.history.Fault;
import dev.verbatim.testkit.history.HistoryRecorder;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** Breaks what a schedule says, one after the other, and records when. */
public final class Player {
    private final Site site;
    private final Load load;
    private final HistoryRecorder recorder;
    private final Map<String, Integer> happened = new TreeMap<>();

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
            Scene scene =
                    new Scene(site, load, random.split(), planned.lengths().get(i));
            under.add(threads.submit(() -> play(kind, scene)));
        }
        for (int i = 0; i < under.size(); i++) {
            happened.merge(planned.kinds().get(i).name(), isDone(under.get(i)) ? 1 : 0, Integer::sum);
        }
    }

    private boolean play(Kind kind, Scene scene) {
        long from = System.nanoTime();
        boolean broken = kind.breakage().happen(scene);
        long to = System.nanoTime();
        recorder.fault(new Fault(kind.name(), from, to));
        System.out.printf(
                java.util.Locale.ROOT,
                "%s %s, %d ms, %d calls so far%n",
                kind.name(),
                broken ? "happened" : "DID NOT HAPPEN",
                (to - from) / 1_000_000,
                load.calls());
        return broken;
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

    /** Counts a fault that came by itself. */
    public void note(Fault fault) {
        happened.merge(fault.name(), 1, Integer::sum);
    }

    /** How often each kind happened. */
    public Map<String, Integer> happened() {
        return happened;
    }
}
