package dev.verbatim.redis;

import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Whether what answers is known to be what the epoch was made for. Any connect or disconnect, and any other server's word
 * that the epoch is another one, ends that until the processes have been compared again. Thread-safe, but for {@link #compared}.
 */
final class Trust {
    private static final Logger LOG = LoggerFactory.getLogger(Trust.class);

    /** How long another server's finding counts more than one's own: long enough to find what it has found. */
    private static final Duration MODESTY = Duration.ofSeconds(3);

    private record Compared(long at, Set<String> nodes) {}

    private final AtomicLong changes = new AtomicLong();
    private volatile Compared last = new Compared(-1, Set.of());
    private Map<String, String> known = Map.of();
    private boolean contradicted;
    private long contradictedSince;

    /** Something changed: another process may be there. */
    void changed() {
        changes.incrementAndGet();
    }

    /** How much changed so far: another number than a moment ago, and another process may have answered. */
    long changes() {
        return changes.get();
    }

    /** Whether this node was among those compared, and nothing changed since. */
    boolean holdsFor(String node) {
        Compared compared = last;
        return compared.at == changes.get() && compared.nodes.contains(node);
    }

    /** Whether these, and no others, were compared, and nothing changed since. */
    boolean holdsFor(Set<String> nodes) {
        Compared compared = last;
        return compared.at == changes.get() && compared.nodes.equals(nodes);
    }

    /**
     * Takes note of who answers.
     *
     * @param at {@link #changes} before they were asked
     */
    void compared(long at, Map<String, String> processes, ProcessRegistry registry) {
        boolean insists = contradicted && System.nanoTime() - contradictedSince > MODESTY.toNanos();
        if (registry.register(processes, insists ? Map.of() : known)) {
            known = Map.copyOf(processes);
            contradicted = false;
            last = new Compared(at, known.keySet());
            LOG.info("Redis is known: {} of its processes answer", processes.size());
        } else if (!contradicted) {
            contradicted = true;
            contradictedSince = System.nanoTime();
            LOG.warn("another server has found another Redis process than this one; looking again");
        }
    }
}
