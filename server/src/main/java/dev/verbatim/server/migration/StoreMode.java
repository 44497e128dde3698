package dev.verbatim.server.migration;

import dev.verbatim.HistoryStore;
import dev.verbatim.HybridHistoryStore;
import dev.verbatim.InMemoryHistoryStore;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Locale;
import java.util.Optional;

/** Where a service keeps its conversations. Whichever it is, accounts and keys are kept in PostgreSQL. */
public enum StoreMode {
    /** In the memory of the process, and in a file while it does not run. */
    MEMORY,
    /** In both; PostgreSQL is read, and compared with memory. */
    DUAL,
    /** In PostgreSQL and Redis. */
    HYBRID;

    /** The mode of that name, in lower case, if there is one. */
    public static Optional<StoreMode> of(String name) {
        for (StoreMode mode : values()) {
            if (mode.text().equals(name)) {
                return Optional.of(mode);
            }
        }
        return Optional.empty();
    }

    /** As it is written. */
    public String text() {
        return name().toLowerCase(Locale.ROOT);
    }

    /**
     * The store of this mode, with all that the mode before left behind; closing it closes {@code hybrid}.
     *
     * @param directory where memory leaves its sessions
     * @throws dev.verbatim.HistoryException when what was left cannot be taken over; it stays where it is
     */
    public HistoryStore open(HybridHistoryStore hybrid, Path directory) {
        return open(hybrid, new Moving(hybrid), new SessionFile(directory));
    }

    private HistoryStore open(HistoryStore hybrid, Moving moving, SessionFile file) {
        Optional<Sessions> left = file.read(nothing());
        if (this != MEMORY) {
            left.ifPresent(sessions -> {
                moving.bring(sessions);
                file.remove();
            });
        }
        if (this == HYBRID) {
            return hybrid;
        }
        Sessions sessions = left.orElseGet(StoreMode::nothing);
        moving.fill(sessions);
        return this == MEMORY
                ? new MemoryHistoryStore(sessions, hybrid, file)
                : new DualHistoryStore(hybrid, sessions.store());
    }

    /** Generations are above all that PostgreSQL gave: no client may take one for another. */
    private static Sessions nothing() {
        Clock clock = Clock.systemUTC();
        return new Sessions(new InMemoryHistoryStore(clock, clock.millis()), new Origins());
    }
}
